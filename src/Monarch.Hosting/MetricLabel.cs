using System.Text.Json;

namespace Monarch.Hosting;

/// <summary>Names enum values in metrics.</summary>
public static class MetricLabel
{
    /// <summary>The value in snake case, such as <c>completed_with_failures</c>.</summary>
    /// <param name="value">A value of the enum.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
