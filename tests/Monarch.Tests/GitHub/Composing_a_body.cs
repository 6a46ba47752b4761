using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Composing_a_body
{
    static readonly Marker Mark = new(1, "nss/template", 7);
    static readonly string Line = Mark.Render();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n")]
    public void Should_contain_only_the_marker_without_text(string? source) => Compose(source).ShouldBe(Line);

    [Theory]
    [InlineData("Text", "Text\n\n")]
    [InlineData("Text\n", "Text\n\n")]
    [InlineData("Text\r\n", "Text\r\n\n")]
    [InlineData("Text\r\n\r\n", "Text\r\n\r\n")]
    [InlineData("  Text  \n\n\n", "  Text  \n\n\n")]
    [InlineData("Hi @ada", "Hi @\u200bada\n\n")]
    public void Should_put_the_marker_on_a_separate_line(string source, string beginning) => Compose(source).ShouldBe(beginning + Line);

    [Theory]
    [InlineData("```js\nlet x", "```js\nlet x\n```\n\n")]
    [InlineData("~~~~\n@ada\n", "~~~~\n@ada\n~~~~\n\n")]
    [InlineData("<!-- note", "<!-- note\n-->\n\n")]
    [InlineData("- ```\n  x", "- ```\n  x\n\n")]
    [InlineData("```\nx\n```", "```\nx\n```\n\n")]
    public void Should_close_a_block_that_would_show_the_marker(string source, string beginning) =>
        Compose(source).ShouldBe(beginning + Line);

    [Fact]
    public void Should_replace_the_marker_of_a_template_that_was_itself_a_copy()
    {
        var copy = Compose("Text", new Marker(9, "old/template", 3));

        Compose(copy).ShouldBe("Text\n\n" + Line);
    }

    [Theory]
    [InlineData("a {0} b", "a {1} b\n\n")]
    [InlineData("a\n{0}\nb\n", "a\nb\n\n")]
    [InlineData(" {0}", " {1}\n\n")]
    [InlineData("> {0}", "> {0}\n\n")]
    [InlineData("```\n{0}\n```\n", "```\n{0}\n```\n\n")]
    [InlineData("Write `{0}` below.", "Write `{0}` below.\n\n")]
    public void Should_disarm_the_marker_of_another_issue_in_the_source_text(string source, string beginning)
    {
        var foreign = new Marker(1, "nss/template", 2).Render();
        var former = foreign.Replace("monarch", "former monarch");

        var body = Compose(string.Format(source, foreign));

        body.ShouldBe(string.Format(beginning, foreign, former) + Line);
        // Also when the last line is cut off.
        Marker.Find(body[..^Line.Length], 1).ShouldBeNull();
    }

    [Fact]
    public void Should_disarm_a_marker_exposed_by_the_cut()
    {
        var foreign = new Marker(1, "nss/template", 2).Render();

        var body = Compose($"`a {foreign}\n" + new string('x', CopiedBody.MaxLength) + "`");

        Marker.Find(body[..^Line.Length], 1).ShouldBeNull();
    }

    [Fact]
    public void Should_keep_a_body_that_just_fits()
    {
        var source = string.Concat(Enumerable.Repeat("😀", CopiedBody.MaxLength - Line.Length - CommentKey.MaxLength - 2));

        Compose(source).ShouldBe(source + "\n\n" + Line);
    }

    [Fact]
    public void Should_disarm_a_mention_exposed_by_the_cut()
    {
        var body = Compose("`" + string.Concat(Enumerable.Repeat("@ada is in code\n", 5_000)) + "`");

        body.ShouldContain("`@\u200bada");
        body.ShouldNotContain("@ada");
        CodePoints.Count(body).ShouldBeLessThanOrEqualTo(CopiedBody.MaxLength);
    }

    [Fact]
    public void Should_cut_when_the_mentions_make_it_too_long()
    {
        var body = Compose(string.Concat(Enumerable.Repeat("@ada\n", 13_000)));

        body.ShouldContain(BodyParts.Notice);
        CodePoints.Count(body).ShouldBeInRange(60_000, CopiedBody.MaxLength);
    }

    [Fact]
    public void Should_end_with_a_fence_that_fills_the_body()
    {
        var body = Compose(new string('`', 60_000) + "\n" + new string('x', 10_000));

        CodePoints.Count(body).ShouldBeLessThanOrEqualTo(CopiedBody.MaxLength);
        Marker.Find(body, 1).ShouldBe(Mark);
    }

    [Fact]
    public void Should_rewrite_references_and_disarm_mentions()
    {
        var rules = new TextRules { Source = new("github.com", "nss/template"), CopyOf = number => number == 12 ? 34 : null };

        Compose("@ada: #12, @nss/template#12 and #3", rules: rules)
            .ShouldBe($"@\u200bada: #34, @\u200b#34 and [#3](https://redirect.github.com/nss/template/issues/3)\n\n{Line}");
    }

    [Fact]
    public void Should_keep_references_without_a_source_and_mentions_where_that_is_set()
    {
        Compose("@ada: #12").ShouldBe($"@\u200bada: #12\n\n{Line}");
        Compose("@ada: #12", rules: new() { KeepMentions = true }).ShouldBe($"@ada: #12\n\n{Line}");
    }

    [Fact]
    public void Should_compose_a_text_without_a_marker()
    {
        CopiedBody.Text("```\n@ada " + Line + "\n").ShouldBe("```\n@ada " + Line + "\n```");
        CopiedBody.Text($"Hi @ada\n\n{Line}").ShouldBe("Hi @\u200bada\n\n");
        CopiedBody.Text(" \n").ShouldBe("");
    }

    static string Compose(string? source, Marker? marker = null, TextRules? rules = null) =>
        CopiedBody.Divide(CopiedBody.Text(source, rules), _ => marker ?? Mark, rules?.KeepMentions == true)[0];
}
