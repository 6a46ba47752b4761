using System.Globalization;
using Monarch.Sandbox.Model;

namespace Monarch.Benchmarks.Measuring;

/// <summary>GitHub's rules in compressed time.</summary>
/// <param name="Minute">How long a minute lasts.</param>
/// <param name="Hour">How long an hour lasts.</param>
/// <param name="PerMinute">Creations a minute; GitHub's are 80.</param>
/// <param name="PerHour">Creations an hour, GitHub's are 500; null: any number.</param>
sealed record LimitedGitHub(TimeSpan Minute, TimeSpan Hour, int PerMinute, int? PerHour)
{
    /// <summary>GitHub's answer takes 400 ms; in compressed time less.</summary>
    public TimeSpan Latency => TimeSpan.FromMilliseconds(400) * (Minute / TimeSpan.FromMinutes(1));

    /// <summary>For the sandbox, which has GitHub's other limits as well.</summary>
    public SandboxLimits Enforced
    {
        get
        {
            var limits = SandboxLimits.ForGitHub(Minute.TotalSeconds, Hour.TotalSeconds);
            (limits.CreationsPerMinute, limits.CreationsPerHour) = (PerMinute, PerHour);
            return limits;
        }
    }

    /// <summary>
    /// For Monarch, which begins at the cap and with no gap between two writes, since here the windows are what is measured.
    /// </summary>
    public IReadOnlyDictionary<string, string> MonarchSettings =>
        new Dictionary<string, string>
        {
            ["GITHUB_MINUTE"] = Seconds(Minute),
            ["GITHUB_HOUR"] = Seconds(Hour),
            ["GITHUB_CREATES_PER_MINUTE"] = $"{PerMinute}",
            ["GITHUB_CREATES_PER_HOUR"] = $"{PerHour ?? 0}",
            ["GITHUB_START_PER_MINUTE"] = $"{PerMinute}",
            ["GITHUB_WRITE_GAP"] = "0",
        };

    /// <summary>
    /// The time of the last of a number of creations, if each is made as soon as it is allowed; those of the first minute are immediate.
    /// </summary>
    public TimeSpan Fastest(int creations)
    {
        var at = new TimeSpan[creations];
        for (var i = 0; i < creations; i++)
        {
            at[i] = Longer(After(PerMinute, Minute), PerHour is { } perHour ? After(perHour, Hour) : TimeSpan.Zero);

            TimeSpan After(int cap, TimeSpan window) => i < cap ? TimeSpan.Zero : at[i - cap] + window;
        }

        return at[^1];
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
