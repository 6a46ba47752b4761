namespace Monarch.Sandbox.Model;

/// <summary>One edit of a Slack message.</summary>
/// <param name="At">When it was made (UTC).</param>
/// <param name="Text">The new text.</param>
public sealed record SlackEditView(DateTimeOffset At, string Text);
