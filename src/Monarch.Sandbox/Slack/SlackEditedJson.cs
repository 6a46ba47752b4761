namespace Monarch.Sandbox.Slack;

sealed record SlackEditedJson(string User, string Ts);
