namespace Monarch.Benchmarks.Measuring;

/// <summary>A run under limits that Monarch knows.</summary>
/// <param name="GitHub">The limits.</param>
/// <param name="Workers">How many worker processes there were.</param>
/// <param name="Run">How it went.</param>
sealed record LimitedRow(LimitedGitHub GitHub, int Workers, LimitedTrial Run)
{
    public TimeSpan Fastest => GitHub.Fastest(Run.Trial.Issues);

    /// <summary>How much of the allowed pace was held from the first creation to the last; 1 is all.</summary>
    public double Share => Fastest / Run.Trial.Length;
}
