using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Finds the references of a text to issues, and writes them for a copy of that text:
/// <list type="bullet">
/// <item>A reference to an issue of the source that has a copy becomes that copy's number, <c>#7</c>.</item>
/// <item>
/// Every other one becomes a link that adds nothing to the timeline of what it leads to: one to a pull request or to an issue without a
/// copy, and also one to an issue of a third repository, because 40 copies of a template would add 40 events there. On github.com it is a
/// link through <c>redirect.github.com</c>; elsewhere, where no such host exists, inline code.
/// </item>
/// <item>
/// The text of a link cannot contain another link. A reference there gets the copy's number, or else a zero-width space before its number,
/// which keeps it readable. The text of a link that itself leads to an issue stays, because it names that issue.
/// </item>
/// </list>
/// Where one of these would change the meaning of the text around it, the reference keeps its characters, with a zero-width space before
/// its number (<see cref="ReferenceForms"/>). Code, comments, tags, the addresses of links and a text that the parser rejects do not change.
/// The same text and the same copies give the same result. It applies to the source's text: in its own result, <c>#7</c> is an issue of
/// the target.
/// </summary>
static class References
{
    /// <summary>
    /// The most characters by which a written reference exceeds the one in the source, beyond twice the length of the latter.
    /// </summary>
    public const int MaxGrowth = 220;

    /// <summary>Rewrites all references.</summary>
    /// <param name="markdown">The text of the source.</param>
    /// <param name="document">The parsed text; null when the parser rejected it.</param>
    /// <param name="source">The repository that the text is from.</param>
    /// <param name="copyOf">The number of an issue's copy; null where it has none.</param>
    /// <param name="others">Other changes of the text.</param>
    public static string Rewrite(
        string markdown,
        MarkdownDocument? document,
        ReferenceSource source,
        Func<int, int?> copyOf,
        IReadOnlyCollection<TextEdit>? others = null
    )
    {
        var writer = new ReferenceWriter(markdown, source);

        // The numbers of copies first: they matter most if not every form can be tried.
        var forms = ReferenceReader
            .Read(markdown, document, source)
            .Select(x => (Reference: x, Copy: source.IsNamed(x.Repository) ? copyOf(x.Number) : null))
            .OrderBy(x => x.Copy is null)
            .Select(x => writer.Forms(x.Reference, x.Copy))
            .ToList();
        return document is null || forms.Count == 0
            ? TextEdit.Apply(markdown, others ?? [])
            : new ReferenceForms(markdown, document, source, forms, others ?? []).Apply();
    }

    /// <summary>The numbers in the source that a text refers to, in ascending order.</summary>
    public static IReadOnlyCollection<int> Find(string markdown, MarkdownDocument? document, ReferenceSource source) =>
        [
            .. ReferenceReader
                .Read(markdown, document, source)
                .Where(x => source.IsNamed(x.Repository))
                .Select(x => x.Number)
                .Distinct()
                .Order(),
        ];
}
