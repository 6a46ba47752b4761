namespace Monarch.Sandbox.Model;

/// <summary>A Slack message with its edits.</summary>
/// <param name="Channel">The channel's encoded id.</param>
/// <param name="Ts">Slack's id of the message in its channel.</param>
/// <param name="Text">The current text.</param>
/// <param name="User">The login of its author.</param>
/// <param name="PostedAt">When it was posted (UTC).</param>
/// <param name="Edits">Every edit, oldest first.</param>
public sealed record SlackMessageView(
    string Channel,
    string Ts,
    string Text,
    string User,
    DateTimeOffset PostedAt,
    IReadOnlyList<SlackEditView> Edits
);

/// <summary>One edit of a Slack message.</summary>
/// <param name="At">When it was made (UTC).</param>
/// <param name="Text">The new text.</param>
public sealed record SlackEditView(DateTimeOffset At, string Text);
