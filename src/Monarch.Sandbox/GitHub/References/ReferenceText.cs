using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Sandbox.GitHub.References;

/// <summary>Finds the references to issues in Markdown, outside code, comments and the texts of links.</summary>
static partial class ReferenceText
{
    /// <summary>The repository (null: that of the text) and the number of each referenced issue.</summary>
    public static IEnumerable<(string? FullName, int Number)> Find(string text)
    {
        // Most texts refer to nothing.
        if (!Reference().IsMatch(text))
        {
            yield break;
        }

        foreach (Match match in Reference().Matches(Hidden().Replace(text, " ")))
        {
            if (int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                yield return (match.Groups["name"] is { Success: true } name ? name.Value : null, number);
            }
        }
    }

    // #12, GH-12, owner/name#12, or the address of an issue or pull request at github.com.
    [GeneratedRegex(
        @"(?:(?<![\w/#&\\.-])(?:(?<name>[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)?#|GH-)|https?://github\.com/(?<name>[A-Za-z0-9-]+/[A-Za-z0-9._-]+)/(?:issues|pull)/)(?<number>[0-9]+)(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Reference();

    // Fenced code, inline code, comments, and the texts of links, but not their targets.
    [GeneratedRegex(
        @"^ {0,3}(?<fence>`{3,}|~{3,}).*?(?:^ {0,3}\k<fence>|\z)|(?<!`)(?<ticks>`+)(?!`).+?(?<!`)\k<ticks>(?!`)|<!--.*?-->"
            + @"|(?<!\\)\[[^][]*\](?=\()|(?<=<a\s[^<>]*>)[^<>]*(?=</a>)",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Hidden();
}
