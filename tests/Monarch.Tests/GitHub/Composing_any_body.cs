using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Monarch.Workers.GitHub.Markdown;
using Xunit;

namespace Monarch.Tests.GitHub;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public partial class Composing_any_body
{
    static readonly Marker Mark = new(1, "nss/template", 7);
    static readonly Config Often = PropertyCheck.Of(cases: 2_000, endSize: 40);
    static readonly Config Seldom = PropertyCheck.Of(cases: 15, endSize: 20);

    static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UseAutoLinks()
        .UseFootnotes()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras()
        .Build();

    [Fact]
    public void Should_contain_the_marker() =>
        Prop.ForAll(MarkdownPieces.Texts, text => Marker.Find(Compose(text), 1) == Mark).Check(Often);

    [Fact]
    public void Should_have_one_marker_after_repeated_copies() =>
        Prop.ForAll(
                MarkdownPieces.Texts,
                text =>
                {
                    var copy = Compose(Compose(text, new Marker(2, "a/first", 1)));
                    var rest = copy[..^Mark.Render().Length];
                    return new[] { 1, 2, 5 }.All(source => Marker.Find(rest, source) is null) && Compose(Compose(text)) == Compose(text);
                }
            )
            .Check(Often);

    [Fact]
    public void Should_keep_every_other_character() =>
        Prop.ForAll(
                MarkdownPieces.TextsWithoutMentionsAndMarkers,
                text => string.IsNullOrWhiteSpace(text) || Compose(text).StartsWith(text, StringComparison.Ordinal)
            )
            .Check(Often);

    [Fact]
    public void Should_add_nothing_but_zero_width_spaces_after_signs() =>
        Prop.ForAll(
                MarkdownPieces.Texts,
                text =>
                {
                    var rest = Inserted().Replace(Disarm(text), "$1");
                    return rest == Inserted().Replace(text, "$1");
                }
            )
            .Check(Often);

    [Fact]
    public void Should_never_be_longer_than_GitHub_accepts() =>
        Prop.ForAll(
                MarkdownPieces.LongTexts,
                text =>
                {
                    var body = Compose(text);
                    return CodePoints.Count(body) <= CopiedBody.MaxLength && Marker.Find(body, 1) == Mark;
                }
            )
            .Check(Seldom);

    /// <summary>Text rendered outside code and links contains no mention by the rules of GitHub's filter.</summary>
    [Fact]
    public void Should_render_without_mentions() =>
        Prop.ForAll(
                MarkdownPieces.TextsWithoutHtml,
                text =>
                {
                    var html = Markdown.ToHtml(Disarm(text), Dialect);
                    return !Mention().IsMatch(WebUtility.HtmlDecode(Tag().Replace(Quiet().Replace(html, "\n"), "\n")));
                }
            )
            .Check(Often);

    static string Compose(string text, Marker? marker = null) => CopiedBody.Divide(CopiedBody.Text(text), _ => marker ?? Mark)[0];

    static string Disarm(string text) => Mentions.Disarm(text, GitHubMarkdown.TryParse(text));

    [GeneratedRegex("(@|;)\u200b+")]
    private static partial Regex Inserted();

    [GeneratedRegex("<!--.*?-->|<(pre|code|a)\\b.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Quiet();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?:^|[^A-Za-z0-9_])@[A-Za-z0-9]", RegexOptions.Multiline)]
    private static partial Regex Mention();
}
