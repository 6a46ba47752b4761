namespace Monarch.Sandbox.Slack;

sealed record SlackMetadataJson(IReadOnlyList<string> Warnings);
