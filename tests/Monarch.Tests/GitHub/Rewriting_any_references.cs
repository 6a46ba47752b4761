using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Monarch.Workers.GitHub.Markdown;
using Xunit;

namespace Monarch.Tests.GitHub;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public partial class Rewriting_any_references
{
    static readonly ReferenceSource Source = new("github.com", "nss/template");
    static readonly ReferenceSource Server = new("git.school.example", "nss/template");
    static readonly Config Often = PropertyCheck.Of(cases: 2_000, endSize: 30);

    // Short texts, in which each pair of elements meets: Markdig, which renders them, is not GitHub.
    static readonly Config Short = PropertyCheck.Of(cases: 2_000, endSize: 12);

    static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UseAutoLinks()
        .UseFootnotes()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras()
        .Build();

    [Fact]
    public void Should_change_nothing_where_nothing_refers() =>
        Prop.ForAll(ReferencePieces.None, text => Rewrite(text, NoCopy) == text && Rewrite(text, x => x + 1) == text).Check(Often);

    [Fact]
    public void Should_change_nothing_more_when_applied_again() =>
        Prop.ForAll(
                ReferencePieces.Texts,
                text =>
                    new Func<int, int?>[] { NoCopy, x => x }.All(copyOf =>
                    {
                        var once = Rewrite(text, copyOf);
                        return Rewrite(once, copyOf) == once;
                    })
            )
            .Check(Often);

    [Fact]
    public void Should_never_change_code() =>
        Prop.ForAll(
                ReferencePieces.Texts,
                text => new Func<int, int?>[] { NoCopy, _ => 777 }.All(copyOf => Code(Rewrite(text, copyOf)).SequenceEqual(Code(text)))
            )
            .Check(Often);

    /// <summary>Each part of the result between two written numbers is a part of the source, between two references.</summary>
    [Fact]
    public void Should_keep_every_character_outside_a_reference() =>
        Prop.ForAll(
                ReferencePieces.TextsOfSource,
                text =>
                {
                    // Pieces that stand together may name another repository, whose references keep their numbers.
                    if (ReferenceReader.Read(text, GitHubMarkdown.TryParse(text), Source).Any(x => !Source.IsNamed(x.Repository)))
                    {
                        return true;
                    }

                    var kept = Written().Split(Rewrite(text, _ => 777_777)).Select(Regex.Escape);
                    var pattern = @"\A" + string.Join("\u200B?" + ReferencePattern + "\u200B?", kept) + @"\z";
                    return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant);
                }
            )
            .Check(Often);

    /// <summary>Apart from the links, the text is rendered as before: no emphasis, list, table or link has changed.</summary>
    [Fact]
    public void Should_keep_the_structure() =>
        Prop.ForAll(
                ReferencePieces.SimpleTexts,
                text =>
                    // Markdig and GitHub do not agree on all texts that may be the definition of a link, and a definition is not rendered.
                    text.Contains("]:", StringComparison.Ordinal)
                    || Plain(Html(Rewrite(text, NoCopy))) == Plain(Html(text))
                        && Numbers().Replace(Plain(Html(Rewrite(text, _ => 77))), "#") == Numbers().Replace(Plain(Html(text)), "#")
            )
            .Check(Short);

    /// <summary>Text rendered outside code and links contains no reference by the rules of GitHub's filter.</summary>
    [Fact]
    public void Should_render_without_references_where_nothing_is_copied() =>
        Prop.ForAll(
                ReferencePieces.TextsWithoutHtml,
                text =>
                    // In a heading that a tab begins, references are kept (docs/fidelity.md).
                    text.Contains('\t', StringComparison.Ordinal)
                    || new[] { Source, Server }.All(source =>
                    {
                        var html = Html(References.Rewrite(text, GitHubMarkdown.TryParse(text), source, NoCopy));
                        return !Reference().IsMatch(WebUtility.HtmlDecode(Tag().Replace(Quiet().Replace(html, "\n"), "\n")));
                    })
            )
            .Check(Short);

    static int? NoCopy(int number) => null;

    static string Rewrite(string text, Func<int, int?> copyOf) => References.Rewrite(text, GitHubMarkdown.TryParse(text), Source, copyOf);

    static List<string> Code(string text) =>
        [
            .. Markdown
                .Parse(text, Dialect)
                .Descendants()
                .Select(x =>
                    x switch
                    {
                        CodeInline inline => inline.Content,
                        CodeBlock block => block.Lines.ToString(),
                        _ => null,
                    }
                )
                .OfType<string>(),
        ];

    static string Html(string text) => Markdown.ToHtml(text, Dialect);

    static string Plain(string html) => Redirect().Replace(html, "$1").Replace("\u200b", "", StringComparison.Ordinal);

    const string ReferencePattern =
        @"(?:<?https://github\.com/nss/template/(?:issues|pull)/[0-9]+(?:#issuecomment-[0-9]+)?[^\s<]*>?|(?:[a-z]+(?:/[a-z]+)?)?(?:\\?#|&#35;|GH-)[0-9]+)";

    [GeneratedRegex("\u200b?#777777\u200b?")]
    private static partial Regex Written();

    [GeneratedRegex("(?:nss(?:/template)?)?#[0-9]+")]
    private static partial Regex Numbers();

    // Also other addresses: Markdig links an address after an open bracket only when another link closes before it.
    [GeneratedRegex("<a href=\"https?://[^\"]*\">([^<]*)</a>")]
    private static partial Regex Redirect();

    // GitHub reads what directly follows an address in a text, also an entity, as a part of it.
    [GeneratedRegex(
        "<!--.*?-->|<a href=\"(?!https://redirect)[^\"]*\">[^<]*</a>(?:#[0-9]+)?|<(pre|code|a)\\b.*?</\\1>",
        RegexOptions.Singleline
    )]
    private static partial Regex Quiet();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?:^|[^A-Za-z0-9_])(?:[a-z]+/[a-z]+)?#[1-9][0-9]*(?![A-Za-z0-9_])", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
