using System.Text.Json;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>A request of the platform. Its channel is unique, so that it identifies the migration and its messages.</summary>
/// <param name="Channel">The Slack channel of its notifications.</param>
/// <param name="Targets">The repositories.</param>
/// <param name="Key">The idempotency key, with which the request can be repeated; null for a publication.</param>
sealed record RequestedMigration(string Channel, IReadOnlyList<string> Targets, string? Key)
{
    /// <summary>Whether changes of the source are brought to the copies.</summary>
    public bool Update { get; init; }

    public string Message =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["source_repo"] = ChaosTemplate.Name,
                ["all_target_repositories"] = Targets,
                ["notification_channel"] = Channel,
                ["copy_comments"] = true,
                ["update"] = Update,
            }
        );
}
