namespace Monarch.Workers.GitHub.Client;

/// <summary>A label of an issue.</summary>
internal sealed record Label
{
    public required string Name { get; init; }
}
