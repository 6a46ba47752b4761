using System.Globalization;

namespace Monarch.Bridge.Pages.Parts;

/// <summary>Figures in words.</summary>
static class Wording
{
    /// <summary>"in 10 min 30 s".</summary>
    public static string In(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds <= 0 ? "in a moment"
            : seconds >= 3600 ? string.Create(CultureInfo.InvariantCulture, $"in {seconds / 3600} h {seconds % 3600 / 60} min")
            : seconds >= 60 ? string.Create(CultureInfo.InvariantCulture, $"in {seconds / 60} min {seconds % 60} s")
            : string.Create(CultureInfo.InvariantCulture, $"in {seconds} s");
    }

    /// <summary>"1,170".</summary>
    public static string Figure(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1,170 issues".</summary>
    public static string Figure(long number, string one, string? many = null) =>
        $"{Figure(number)} {(number == 1 ? one : many ?? one + "s")}";
}
