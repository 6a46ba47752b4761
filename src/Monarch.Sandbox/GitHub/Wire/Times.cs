using System.Globalization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's times: UTC, whole seconds.</summary>
static class Times
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
