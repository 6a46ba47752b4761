namespace Monarch.Sandbox.Slack;

sealed record SlackMessageJson(string User, string Type, string Ts, string BotId, string AppId, string Text, string Team)
{
    public SlackEditedJson? Edited { get; init; }
}
