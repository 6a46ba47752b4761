using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Writes a reference in the place of another one. A zero-width space separates it from a neighbour that would give it, or get, another
/// meaning: <c>![</c> begins an image, and emphasis does not begin or end between a word and punctuation.
/// </summary>
sealed partial class ReferenceWriter(string markdown, ReferenceSource source)
{
    const string ZeroWidthSpace = "\u200B";

    public TextEdit ToCopy(Reference reference, int copy) => Replace(reference, $"#{copy.ToString(CultureInfo.InvariantCulture)}");

    public TextEdit ToOriginal(Reference reference) =>
        reference.Place switch
        {
            TextPlace.LinkText => new TextEdit(reference.NumberStart, reference.NumberStart, ZeroWidthSpace),
            TextPlace.Html when source.HasRedirect => Replace(reference, $"<a href=\"{Address(reference)}\">{reference.Text}</a>"),
            TextPlace.Html => Replace(reference, $"<code>{Full(reference)}</code>"),
            _ when source.HasRedirect => Replace(reference, $"[{Escaped(reference.Text)}]({Address(reference)})"),
            _ => Replace(reference, Ticks + Full(reference) + Ticks),
        };

    static string Address(Reference reference) => $"https://{ReferenceSource.RedirectHost}/{reference.Repository}/{reference.Path}";

    static string Full(Reference reference) => $"{reference.Repository}#{reference.Number.ToString(CultureInfo.InvariantCulture)}";

    static string Escaped(string text) => text.Replace("_", @"\_", StringComparison.Ordinal);

    /// <summary>So many backticks that they do not pair with others of the text.</summary>
    string Ticks => field ??= UnusedTicks();

    string UnusedTicks()
    {
        var used = Backticks().Matches(markdown).Select(x => x.Length).ToHashSet();
        var length = 1;
        while (used.Contains(length))
        {
            length++;
        }

        return new string('`', length);
    }

    TextEdit Replace(Reference reference, string text)
    {
        var (start, end) = (reference.Start, reference.End);
        var before = start > 0 && NeedsSpaceBefore(reference, text[0]) ? ZeroWidthSpace : "";
        var after = end < markdown.Length && NeedsSpaceAfter(reference, text[^1]) ? ZeroWidthSpace : "";
        return new TextEdit(start, end, before + text + after);
    }

    bool NeedsSpaceBefore(Reference reference, char first)
    {
        var neighbour = markdown[reference.Start - 1];
        return neighbour switch
        {
            '!' or ']' => first == '[',
            '`' => first == '`',
            // "\#7" and "&#7;" have another meaning.
            '\\' or '&' => markdown[reference.Start] is not ('#' or '\\'),
            '*' or '_' or '~' when IsWord(markdown[reference.Start]) => IsWordBefore(reference.Start - 1, neighbour),
            // Only an address in angle brackets, or a reference that directly follows another one, has a word before it.
            _ => reference.JoinsBefore && IsWord(neighbour) && markdown[reference.Start] == '<',
        };
    }

    bool NeedsSpaceAfter(Reference reference, char last)
    {
        var neighbour = markdown[reference.End];
        return neighbour switch
        {
            '`' => last == '`',
            '*' or '_' or '~' when last is ')' or '`' => IsWordAfter(reference.End, neighbour),
            _ => reference.JoinsAfter && IsWord(neighbour),
        };
    }

    bool IsWordBefore(int position, char delimiter)
    {
        while (position >= 0 && markdown[position] == delimiter)
        {
            position--;
        }

        return position >= 0 && !IsBoundary(markdown[position]);
    }

    bool IsWordAfter(int position, char delimiter)
    {
        while (position < markdown.Length && markdown[position] == delimiter)
        {
            position++;
        }

        return position < markdown.Length && !IsBoundary(markdown[position]);
    }

    static bool IsBoundary(char character) =>
        char.IsWhiteSpace(character) || char.IsPunctuation(character) || (char.IsSymbol(character) && char.IsAscii(character));

    static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Backticks();
}
