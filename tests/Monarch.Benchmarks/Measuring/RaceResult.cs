namespace Monarch.Benchmarks.Measuring;

/// <summary>What one contender did in a race.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Trials">Its runs.</param>
/// <param name="Shares">The rate of each run as a share of the first contender's in the same turn.</param>
sealed record RaceResult(string Contender, IReadOnlyList<Trial> Trials, IReadOnlyList<double> Shares)
{
    public double Rate => Trials.Select(trial => trial.Rate).Median();

    public double Share => Shares.Median();
}
