namespace Monarch.Sandbox;

/// <summary>A Slack message as it is now, and how it became so.</summary>
/// <param name="Channel">The channel's encoded id.</param>
/// <param name="Ts">Slack's id of the message in its channel.</param>
/// <param name="Text">The text as it is now.</param>
/// <param name="User">The login that posted it.</param>
/// <param name="PostedAt">When it was posted (UTC).</param>
/// <param name="Edits">Every edit, oldest first.</param>
public sealed record SlackMessageView(
    string Channel,
    string Ts,
    string Text,
    string User,
    DateTimeOffset PostedAt,
    IReadOnlyList<SlackEditView> Edits);
