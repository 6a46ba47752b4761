using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Writes each reference in the first of its forms with which the text keeps its meaning: apart from the references it is rendered as
/// before, and it refers to copies only. The result is parsed to verify that, because what a character means depends on the whole text.
/// </summary>
/// <param name="markdown">The text of the source.</param>
/// <param name="document">The parsed text.</param>
/// <param name="source">The repository that the text is from.</param>
/// <param name="forms">The forms of each reference; the last one changes nothing around it.</param>
/// <param name="others">Changes that are made in any case.</param>
sealed class ReferenceForms(
    string markdown,
    MarkdownDocument document,
    ReferenceSource source,
    IReadOnlyList<IReadOnlyList<TextEdit>> forms,
    IReadOnlyCollection<TextEdit> others
)
{
    /// <summary>One check suffices for nearly every text. After the last one, the references not yet verified get their last form.</summary>
    const int MaxChecks = 64;

    readonly int[] _chosen = [.. forms.Select(x => x.Count - 1)];
    readonly string? _rendered = RenderedText.Of(markdown, document, forms.Select(x => x[0]));
    int _checks = MaxChecks;

    public string Apply()
    {
        Choose(0, forms.Count);
        return Write();
    }

    /// <summary>Finds the references that cannot have their first form by halving the range.</summary>
    void Choose(int start, int end)
    {
        if (TryForm(0, start, end))
        {
            return;
        }

        if (end - start > 1)
        {
            var middle = (start + end) / 2;
            Choose(start, middle);
            Choose(middle, end);
            return;
        }

        for (var form = 1; form < forms[start].Count - 1 && !TryForm(form, start, end); form++) { }
    }

    bool TryForm(int form, int start, int end)
    {
        if (_checks-- <= 0 || _rendered is null)
        {
            return false;
        }

        var before = _chosen[start..end];
        _chosen.AsSpan(start..end).Fill(form);
        var places = new List<TextEdit>();
        if (IsFaithful(Write(places), places))
        {
            return true;
        }

        before.CopyTo(_chosen.AsSpan(start));
        return false;
    }

    string Write(ICollection<TextEdit>? places = null) =>
        TextEdit.Apply(markdown, [.. others, .. _chosen.Select((form, i) => forms[i][Math.Min(form, forms[i].Count - 1)])], places);

    bool IsFaithful(string result, IReadOnlyList<TextEdit> places) =>
        GitHubMarkdown.TryParse(result) is { } rewritten
        && RenderedText.Of(result, rewritten, places) == _rendered
        && ReferenceReader
            .Read(result, rewritten, source)
            .Select(x => (x.Start, x.End))
            .Order()
            .SequenceEqual(places.Select(ReferenceWriter.NumberIn).OfType<(int, int)>());
}
