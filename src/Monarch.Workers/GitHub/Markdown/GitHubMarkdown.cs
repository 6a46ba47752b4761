using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Parses GitHub's dialect of Markdown, as far as it distinguishes code, links and text.</summary>
static partial class GitHubMarkdown
{
    /// <summary>
    /// Each bracket may begin a link, and Markdig's search for its end takes longer with each open one: 16,000 took two seconds.
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

    /// <summary>Null when the text is nested too deeply or otherwise too complex for the parser.</summary>
    public static MarkdownDocument? TryParse(string text)
    {
        if (text.AsSpan().Count('[') > MaxBrackets || ManyContainers().IsMatch(text))
        {
            return null;
        }

        try
        {
            return Markdig.Markdown.Parse(text, Dialect);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdig throws ArgumentException at its depth limit. A hostile text may cause other exceptions, but must be copied as well;
            // callers use a simpler reader then.
            return null;
        }
    }

    /// <summary>The text as HTML; null when it is nested too deeply for the renderer.</summary>
    /// <param name="document">The parsed text.</param>
    /// <param name="configure">Changes how the text is rendered.</param>
    public static string? TryRender(MarkdownDocument document, Action<HtmlRenderer> configure)
    {
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(html);
        Dialect.Setup(renderer);
        configure(renderer);

        try
        {
            renderer.Render(document);
            return html.ToString();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdig throws ArgumentException at its depth limit, which is lower than that of the parser.
            return null;
        }
    }

    // A line that may open hundreds of nested lists: Markdig scans the whole line for each of them.
    [GeneratedRegex(@"^[ \t>*+.)0-9-]{1000}", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ManyContainers();
}
