namespace Monarch.Sandbox.Slack;

internal sealed record SlackMetadataJson(IReadOnlyList<string> Warnings);
