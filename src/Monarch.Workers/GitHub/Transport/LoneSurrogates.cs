using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>
/// Replaces half a surrogate pair, escaped in JSON (<c>\ud83d</c>) or as invalid UTF-8, with U+FFFD. The JSON reader would reject the whole
/// document, so that one malformed title would hide a repository.
/// </summary>
static partial class LoneSurrogates
{
    public static byte[] Replace(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(
            Escape().Replace(Encoding.UTF8.GetString(json), match => match.Groups["lone"].Success ? @"\ufffd" : match.Value)
        );

    // Matches every escape, so that the second backslash of "\\ud83d" does not begin one.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Escape();
}
