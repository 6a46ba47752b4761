namespace Monarch.Sandbox.Slack;

internal sealed record SlackEditedJson(string User, string Ts);
