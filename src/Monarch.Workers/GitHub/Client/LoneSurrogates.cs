using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// Half a character, escaped in JSON (<c>\ud83d</c>) or as bytes that are no UTF-8: the JSON reader refuses the whole document for it.
/// Each becomes U+FFFD, so that one broken title does not hide a repository.
/// </summary>
static partial class LoneSurrogates
{
    public static byte[] Replace(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(Escape().Replace(Encoding.UTF8.GetString(json), match => match.Groups["lone"].Success ? @"\ufffd" : match.Value));

    // Every escape is matched, so that the second backslash of "\\ud83d" begins none.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();
}
