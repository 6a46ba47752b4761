using System.Globalization;

namespace Monarch.Hosting;

/// <summary>A number with its noun.</summary>
public static class Count
{
    /// <summary>"1 issue", "2 issues".</summary>
    /// <param name="number">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for any other number; null is <paramref name="one"/> with an s.</param>
    public static string Of(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many ?? one + "s")}");
}
