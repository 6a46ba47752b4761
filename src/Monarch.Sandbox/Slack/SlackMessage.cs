using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Slack;

sealed record SlackMessage(string Channel, string Ts, string Text, SandboxToken Author, DateTimeOffset PostedAt)
{
    public IReadOnlyList<SlackEditView> Edits { get; init; } = [];

    public SlackMessageView View() => new(Channel, Ts, Text, Author.Login, PostedAt, Edits);
}
