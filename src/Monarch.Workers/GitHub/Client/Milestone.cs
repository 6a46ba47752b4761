namespace Monarch.Workers.GitHub.Client;

/// <summary>The milestone of an issue.</summary>
sealed record Milestone
{
    public required string Title { get; init; }
}
