using System.Text.Json;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>What the platform has asked for. The channel is its own, so that a batch and its messages are told by it.</summary>
/// <param name="Channel">Where Slack is told of it.</param>
/// <param name="Targets">The repositories.</param>
/// <param name="Key">The idempotency key, with which it may be asked for again; null for a publication.</param>
sealed record Asked(string Channel, IReadOnlyList<string> Targets, string? Key)
{
    public string Message => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["source_repo"] = ChaosFleet.Source,
        ["all_target_repositories"] = Targets,
        ["notification_channel"] = Channel,
    });
}
