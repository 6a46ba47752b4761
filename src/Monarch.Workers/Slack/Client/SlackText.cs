using Monarch.Hosting;

namespace Monarch.Workers.Slack.Client;

/// <summary>Text for a Slack message.</summary>
static class SlackText
{
    /// <summary>
    /// The maximum length of a message, below the 4,000 characters that <c>chat.update</c> accepts and that Slack recommends for
    /// <c>chat.postMessage</c>.
    /// </summary>
    public const int LongestText = 3900;

    // "&amp;" or "\u001b".
    const int LongestEscape = 6;

    /// <summary>
    /// Escapes foreign text: control characters (<see cref="VisibleText"/>), and the three characters that Slack documents ("Formatting
    /// text for app surfaces"), so that an issue's title cannot notify a channel with <c>&lt;!channel&gt;</c>. A backtick, for which Slack
    /// has no escape, becomes an apostrophe: three of them would open a code block over the rest of the message.
    /// </summary>
    public static string Escape(string text) =>
        VisibleText
            .Line(text)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace('`', '\'');

    /// <summary>Truncates an escaped text, with an ellipsis; neither a character nor an escape is split.</summary>
    /// <param name="text">The text, escaped.</param>
    /// <param name="longest">The maximum number of characters.</param>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        var last = text.AsSpan(0, end);
        var (entity, escape) = (last.LastIndexOf('&'), last.LastIndexOf('\\'));
        end =
            entity >= 0 && last[entity..].Length < LongestEscape && !last[entity..].Contains(';') ? entity
            : escape >= 0 && last[escape..].Length < LongestEscape ? escape
            : char.IsHighSurrogate(last[^1]) ? end - 1
            : end;
        return $"{text.AsSpan(0, end)}…";
    }
}
