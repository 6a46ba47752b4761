namespace Monarch.Sandbox;

/// <summary>One edit of a Slack message.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Text">The text from then on.</param>
public sealed record SlackEditView(DateTimeOffset At, string Text);
