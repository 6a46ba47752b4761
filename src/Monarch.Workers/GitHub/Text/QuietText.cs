using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Text;

/// <summary>
/// Where in a Markdown text an <c>@</c> mentions nobody: in code, in a link's address, in a tag. Everything else is taken for text,
/// so that what is misread is made harmless rather than mailed.
/// </summary>
sealed class QuietText
{
    readonly bool[] _quiet;
    readonly HashSet<int> _textStarts = [];

    QuietText(int length) => _quiet = new bool[length];

    /// <summary>Is the character at this place in code, an address or a tag?</summary>
    public bool Contains(int place) => _quiet[place];

    /// <summary>Does a piece of text of its own begin here, whatever stands before it (<c>_@name_</c>, or the end of an address)?</summary>
    public bool TextBeginsAt(int place) => _textStarts.Contains(place);

    public static QuietText Read(string source, MarkdownDocument? document)
    {
        var quiet = new QuietText(source.Length);

        if (document is not null)
            new QuietTextReader(source, quiet).Read(document);
        else
            foreach (var fence in Fences.Read(source).Where(x => x.IsClosed))
                quiet.Add(fence.Start, fence.End - 1);

        return quiet;
    }

    public void AddTextStart(int place) => _textStarts.Add(place);

    public void Add(int start, int end)
    {
        if (start >= 0 && end >= start && start < _quiet.Length)
            _quiet.AsSpan(start, Math.Min(end, _quiet.Length - 1) - start + 1).Fill(true);
    }
}
