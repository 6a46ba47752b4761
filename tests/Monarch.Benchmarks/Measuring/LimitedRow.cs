namespace Monarch.Benchmarks.Measuring;

/// <summary>A run under limits that Monarch knows.</summary>
/// <param name="GitHub">The limits.</param>
/// <param name="Workers">How many worker processes there were.</param>
/// <param name="Run">How it went.</param>
sealed record LimitedRow(LimitedGitHub GitHub, int Workers, LimitedTrial Run)
{
    /// <summary>From the first creation to the last.</summary>
    public TimeSpan Took => Run.Trial.Length;

    /// <summary>How long that takes if each creation comes at the very moment at which it is allowed.</summary>
    public TimeSpan Fastest => GitHub.Fastest(Run.Trial.Issues);

    /// <summary>
    /// What at least this share (0 to 1) of the forecasts of the end were not further off than, as a share of the time that was left; NaN
    /// when there were none.
    /// </summary>
    public double Off(double share) => Run.ForecastErrors is { Count: > 0 } errors ? errors.Percentile(share) : double.NaN;

    /// <summary>How much of the allowed pace was held; 1 is all.</summary>
    public double Share => Fastest / Took;
}
