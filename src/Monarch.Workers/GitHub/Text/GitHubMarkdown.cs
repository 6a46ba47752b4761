using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Text;

/// <summary>GitHub's dialect of Markdown, as far as it decides what is code, what is a link and what is text.</summary>
static partial class GitHubMarkdown
{
    /// <summary>
    /// Each bracket may begin a link, and Markdig's search for its end costs more with each that is open:
    /// 16,000 of them took two seconds. No issue that a person wrote has this many.
    /// </summary>
    const int MaxBrackets = 4_000;

    static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseAutoLinks(new AutoLinkOptions { AllowDomainWithoutPeriod = true })
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseFootnotes()
        .UsePipeTables()
        .UseTaskLists()
        .Build();

    /// <summary>Null when the text is nested too deeply, or otherwise too much for the parser: nobody writes so by hand.</summary>
    public static MarkdownDocument? TryParse(string text)
    {
        if (text.AsSpan().Count('[') > MaxBrackets || ManyContainers().IsMatch(text))
            return null;

        try
        {
            return Markdown.Parse(text, Dialect);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdig throws ArgumentException at its depth limit. Whatever else a hostile text may make it throw,
            // the text must be copied all the same, and callers have a simpler way to read it.
            return null;
        }
    }

    // A line that may open hundreds of lists, one in the other: Markdig looks at the whole line for each of them.
    [GeneratedRegex(@"^[ \t>*+.)0-9-]{1000}", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ManyContainers();
}
