namespace Monarch.Workers.Slack.Client;

/// <summary>Text for a Slack message.</summary>
static class SlackText
{
    /// <summary>
    /// Escapes text that came from outside, as Slack documents it ("Formatting text for app surfaces"): these three characters and no others.
    /// So an issue's title cannot call a channel with <c>&lt;!channel&gt;</c>.
    /// </summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
