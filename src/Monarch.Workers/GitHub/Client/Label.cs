namespace Monarch.Workers.GitHub.Client;

/// <summary>A label of an issue.</summary>
sealed record Label
{
    public required string Name { get; init; }
}
