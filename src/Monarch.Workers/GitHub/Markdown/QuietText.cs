using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// The parts of a Markdown text where an <c>@</c> is not a mention: code, the address of a link, a tag. Everything else counts as text, so
/// that a parsing error disarms a mention and does not notify an account.
/// </summary>
sealed class QuietText
{
    readonly bool[] _quiet;
    readonly HashSet<int> _textStarts = [];

    QuietText(int length) => _quiet = new bool[length];

    /// <summary>Whether the character at this position is in code, an address or a tag.</summary>
    public bool Contains(int position) => _quiet[position];

    /// <summary>
    /// Whether separate text begins at this position, regardless of the character before (<c>_@name_</c>, the end of an address).
    /// </summary>
    public bool TextBeginsAt(int position) => _textStarts.Contains(position);

    public static QuietText Read(string source, MarkdownDocument? document)
    {
        var quiet = new QuietText(source.Length);

        if (document is not null)
        {
            new QuietTextReader(source, quiet).Read(document);
        }
        else
        {
            foreach (var fence in Fences.Read(source).Where(x => x.IsClosed))
            {
                quiet.Add(fence.Start, fence.End - 1);
            }
        }

        return quiet;
    }

    public void AddTextStart(int position) => _textStarts.Add(position);

    public void Add(int start, int end)
    {
        if (start >= 0 && end >= start && start < _quiet.Length)
        {
            _quiet.AsSpan(start, Math.Min(end, _quiet.Length - 1) - start + 1).Fill(true);
        }
    }
}
