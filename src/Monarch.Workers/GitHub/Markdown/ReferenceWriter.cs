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

    /// <summary>The forms in which a reference can be written, from the best one to the one that changes nothing around it.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="copy">The number of the copy; null without one.</param>
    public IReadOnlyList<TextEdit> Forms(Reference reference, int? copy)
    {
        // A query or a fragment may contain another number.
        var unlinked = new TextEdit(
            reference.Start,
            reference.End,
            markdown[reference.Start..reference.NumberStart]
                + ZeroWidthSpace
                + NumberStart().Replace(markdown[reference.NumberStart..reference.End], ZeroWidthSpace)
        );
        if (copy is null && reference.Place == TextPlace.LinkText)
        {
            return [unlinked];
        }

        var text = copy is { } number ? $"#{number.ToString(CultureInfo.InvariantCulture)}" : ToOriginal(reference);
        var apart = new TextEdit(reference.Start, reference.End, ZeroWidthSpace + text + ZeroWidthSpace);
        return [Replace(reference, text), apart, unlinked];
    }

    /// <summary>The range of a copy's number in a text that was written; null where none was written.</summary>
    public static (int Start, int End)? NumberIn(TextEdit written)
    {
        var number = written.Text.Trim(ZeroWidthSpace[0]);
        var start = written.Start + written.Text.IndexOf('#', StringComparison.Ordinal);
        return number is ['#', >= '0' and <= '9', ..] ? (start, start + number.Length) : null;
    }

    string ToOriginal(Reference reference) =>
        reference.Place switch
        {
            TextPlace.Html when source.HasRedirect => $"<a href=\"{Address(reference)}\">{reference.Text}</a>",
            TextPlace.Html => $"<code>{Full(reference)}</code>",
            _ when source.HasRedirect => $"[{Escaped(reference.Text)}]({Address(reference)})",
            _ => Ticks + Full(reference) + Ticks,
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

    [GeneratedRegex("(?<=[/;-]|(?<!&)#)(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex NumberStart();

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Backticks();
}
