using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public partial class Rewriting_any_references
{
    static readonly ReferenceSource Source = new("github.com", "nss/template");
    static readonly ReferenceSource Server = new("git.school.example", "nss/template");
    static readonly Config Often = PropertyCheck.Of(cases: 2_000, endSize: 30);

    // As GitHub reads a text, as far as Markdig can.
    static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UseAutoLinks(new AutoLinkOptions { AllowDomainWithoutPeriod = true })
        .UseFootnotes()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .Build();

    [Fact]
    public void Should_change_nothing_where_nothing_refers() =>
        Prop.ForAll(ReferencePieces.None, text => Rewrite(text, NoCopy) == text && Rewrite(text, x => x + 1) == text).Check(Often);

    [Fact]
    public void Should_change_nothing_more_when_applied_again() =>
        Prop.ForAll(ReferencePieces.Texts, ChangesNothingMoreWhenAppliedAgain).Check(Often);

    [Fact]
    public void Should_never_change_code() => Prop.ForAll(ReferencePieces.Texts, KeepsCode).Check(Often);

    [Fact]
    public void Should_keep_every_character_outside_a_reference() =>
        Prop.ForAll(ReferencePieces.TextsOfSource, KeepsEveryCharacterOutsideAReference).Check(Often);

    [Fact]
    public void Should_keep_the_structure() => Prop.ForAll(ReferencePieces.SimpleTexts, KeepsTheStructure).Check(Often);

    [Fact]
    public void Should_render_without_references_where_nothing_is_copied() =>
        Prop.ForAll(ReferencePieces.TextsWithoutHtml, RendersWithoutReferences).Check(Often);

    /// <summary>Texts found by <c>./monarch fuzz</c>.</summary>
    [Theory]
    [InlineData("]   nss/template#12, _[r]( (other/repo#3)  (&#35;12) ")]
    [InlineData("\"![www.a.b/@c]( nss/template#12  (nss#12) ")]
    [InlineData("<!other/repo#3# \0>&#35;12| a | b |\n|---|---|\nx")]
    public void Should_keep_the_structure_of(string text) => KeepsTheStructure(text).ShouldBeTrue();

    [Theory]
    [InlineData(
        "[see #12](u)<code>#12</code>-->[#12]: u\n```#12~~)#12_https://github.com/nss/template/pull/3#issuecomment-1`\u00e9</pre>\n"
    )]
    [InlineData(
        "`````https://github.com/nss/template/pull/3#issuecomment-1'<https://github.com/nss/template/issues/12>"
            + "https://github.com/nss/template/pull/3#issuecomment-1`\u200bnss#12<div>#12</div>\n*@nss/team]<code>#12</code>"
    )]
    [InlineData("[#12][^1]: www.a.b/@c`#12`!\ud83d<b>")]
    public void Should_never_change_code_of(string text) => KeepsCode(text).ShouldBeTrue();

    [Theory]
    [InlineData("> \t<div>#12</div>\n")]
    [InlineData("- \n\t \t<!-- #12 -->, @ada;</div> #12, ")]
    [InlineData(
        "](`#12`';https://github.com/nss/template/pull/3#issuecomment-1<https://a.b/@c>GH-12)<a href=\"#12\">#12</a></pre>[#12]: u\n"
    )]
    [InlineData("|---|---|\n```*https://github.com/nss/template/pull/3#issuecomment-1`#12`[#12]<code>#12</code><a href=\"#12\">#12</a>\n")]
    public void Should_keep_every_character_of(string text) => KeepsEveryCharacterOutsideAReference(text).ShouldBeTrue();

    [Theory]
    [InlineData(
        "-->arch source-id=1 source=nss/template issue=2 -->[see #12](u)!<b>#12</b>_nss#12</code>_"
            + "https://github.com/nss/template/issues/12<!-- monarch source-id=5 source=a/b issue=6 --><!--ada@example.org*)"
    )]
    [InlineData("[r]</div>https://github.com/nss/template/pull/3#issuecomment-1\\#12<https://github.com/nss/template/issues/12>GH-12")]
    [InlineData("- \n\t<div>#12</div>\n@ada;</div><a href=\"#12\">#12</a>")]
    [InlineData(
        "[https://github.com/nss/template/pull/3#issuecomment-1;https://github.com/nss/template/pull/3#issuecomment-1    ](x \"@t\")"
            + "\\#12#12[_<a href=\"#12\">#12</a>[#12](https://github.com/nss/template/issues/12)<!--<a href=\"#12\">#12</a>"
            + "www.a.b/@c`#12`<b>\"```\n#12\n```\n<b>#12</b>\u00e9nss/template#12"
    )]
    [InlineData(
        "```<https://github.com/nss/template/issues/12><!-- #12 -->https://github.com/nss/template/pull/3#issuecomment-1``GH-12"
            + "<!-- monarch source-id=5 source=a/b issue=6 -->](x \"@t\")nss/template#12_\ud83d\ude00~~~\nGH-12    nss#12[#12]"
    )]
    public void Should_change_nothing_more_in(string text) => ChangesNothingMoreWhenAppliedAgain(text).ShouldBeTrue();

    static bool ChangesNothingMoreWhenAppliedAgain(string text) =>
        new Func<int, int?>[] { NoCopy, x => x }.All(copyOf =>
        {
            var once = Rewrite(text, copyOf);
            return Rewrite(once, copyOf) == once;
        });

    static bool KeepsCode(string text) =>
        new Func<int, int?>[] { NoCopy, _ => 777 }.All(copyOf => Code(Rewrite(text, copyOf)).SequenceEqual(Code(text)));

    /// <summary>Each part of the result between two written numbers is a part of the source, between two references.</summary>
    static bool KeepsEveryCharacterOutsideAReference(string text)
    {
        // Pieces that stand together may name another repository, whose references keep their numbers.
        if (ReferenceReader.Read(text, GitHubMarkdown.TryParse(text), Source).Any(x => !Source.IsNamed(x.Repository)))
        {
            return true;
        }

        // A reference that cannot be written otherwise only gets a zero-width space before its number.
        var kept = Written().Split(Rewrite(text, _ => 777_777)).Select(x => BeforeNumber().Replace(Regex.Escape(x), "\u200b?"));
        var pattern = @"\A" + string.Join("\u200B?" + ReferencePattern + "\u200B?", kept) + @"\z";
        return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant);
    }

    /// <summary>Apart from the links, the text is rendered as before: no emphasis, list, table or link has changed.</summary>
    static bool KeepsTheStructure(string text) =>
        Plain(Html(Rewrite(text, NoCopy))) == Plain(Html(text))
        && Numbers().Replace(Plain(Html(Rewrite(text, _ => 77))), "#") == Numbers().Replace(Plain(Html(text)), "#");

    /// <summary>Text rendered outside code and links contains no reference by the rules of GitHub's filter.</summary>
    static bool RendersWithoutReferences(string text) =>
        // In a heading that a tab begins, references are kept (docs/fidelity.md).
        text.Contains('\t', StringComparison.Ordinal)
        || new[] { Source, Server }.All(source =>
        {
            var html = Html(References.Rewrite(text, GitHubMarkdown.TryParse(text), source, NoCopy));
            return !Reference().IsMatch(WebUtility.HtmlDecode(Tag().Replace(Quiet().Replace(html, "\n"), "\n")));
        });

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

    // An entity is decoded, except in an HTML block.
    static string Plain(string html) =>
        Redirect().Replace(html, "$1").Replace("\u200b", "", StringComparison.Ordinal).Replace("&#35;", "#", StringComparison.Ordinal);

    const string ReferencePattern =
        @"(?:<?https://github\.com/nss/template/(?:issues|pull)/[0-9]+(?:#issuecomment-[0-9]+)?[^\s<]*>?|(?:[a-z]+(?:/[a-z]+)?)?(?:\\?#|&#35;|GH-)[0-9]+)";

    [GeneratedRegex("\u200b?#777777\u200b?")]
    private static partial Regex Written();

    [GeneratedRegex("\u200b(?=[0-9])")]
    private static partial Regex BeforeNumber();

    [GeneratedRegex("(?:nss(?:/template)?)?#[0-9]+")]
    private static partial Regex Numbers();

    // Also other addresses: Markdig links an address after an open bracket only when another link closes before it.
    [GeneratedRegex("<a href=\"https?://[^\"]*\">([^<]*)</a>")]
    private static partial Regex Redirect();

    // GitHub reads what directly follows an address in a text, also an entity, as a part of it.
    [GeneratedRegex(
        "<!(?:--.*?--|[^>]*)(?:>|\\z)|<a href=\"(?!https://redirect)[^\"]*\">[^<]*</a>(?:#[0-9]+)*|<(pre|code|a)\\b.*?</\\1>|(?<![A-Za-z0-9_])https?://[^\\s<]*",
        RegexOptions.Singleline
    )]
    private static partial Regex Quiet();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?:^|[^A-Za-z0-9_])(?:[a-z]+/[a-z]+)?#[1-9][0-9]*(?![A-Za-z0-9_])", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
