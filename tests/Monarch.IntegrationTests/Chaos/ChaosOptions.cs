namespace Monarch.IntegrationTests.Chaos;

/// <summary>How a round differs from the usual one.</summary>
sealed record ChaosOptions
{
    /// <summary>What is not killed. The other kills stay as they are, so that the cause of a failure can be narrowed down.</summary>
    public IReadOnlyCollection<Victim> Spared { get; init; } = [];

    /// <summary>Whether the evidence of good rounds is kept too, to see where the time goes.</summary>
    public bool KeepsAll { get; init; }
}
