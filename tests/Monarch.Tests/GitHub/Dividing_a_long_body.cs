using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Dividing_a_long_body
{
    const int Room = 1_000;
    const string Notice = BodyParts.Notice;

    static readonly Marker Mark = new(1, "nss/template", 7);

    [Fact]
    public void Should_keep_a_text_that_fits() => Cut(Lines("x", Room)).ShouldBe([Lines("x", Room)]);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Should_cut_before_a_paragraph(string lineEnd)
    {
        var first = Lines("one\n", 400).TrimEnd() + "\n\n";
        var second = Lines("two\n", 700);

        Cut((first + second).ReplaceLineEndings(lineEnd))
            .ShouldBe([first.ReplaceLineEndings(lineEnd) + Notice, second.ReplaceLineEndings(lineEnd)]);
    }

    [Theory]
    [InlineData("- item\n", "- item")]
    [InlineData("1. item\n", "1. item")]
    [InlineData("> quote\n>\n", "> quote")]
    [InlineData("line\n", "line")]
    public void Should_cut_a_long_block_before_an_item_or_line(string piece, string beginning)
    {
        var parts = Cut(Lines(piece, 1_500));

        parts[0].ShouldEndWith("\n\n" + Notice);
        parts[1].ShouldStartWith(beginning);
    }

    [Fact]
    public void Should_cut_before_a_row_of_a_table()
    {
        var parts = Cut("| a | b |\n|---|---|\n" + Lines("| 1 | `2` |\n", 1_500));

        parts[0].ShouldEndWith("| 1 | `2` |\n\n" + Notice);
        parts[1].ShouldStartWith("| 1 | `2` |\n");
    }

    [Theory]
    [InlineData("```js\n", "let x;\n", "```\n", "```js\n", "```\n\n")]
    [InlineData("~~~~\n", "``` x\n", "~~~~\n", "~~~~\n", "~~~~\n\n")]
    [InlineData("> ```js\n", "> let x;\n", "> ```\n", "> ```js\n", "> ```\n\n")]
    [InlineData("- ```js\n", "  let x;\n", "  ```\n", "  ```js\n", "  ```\n\n")]
    [InlineData("<!-- a\n", "b\n", "-->\n", "<!--\n", "-->\n\n")]
    [InlineData("<pre class='x'>\n", "b\n", "</pre>\n", "<pre>\n", "</pre>\n\n")]
    public void Should_close_and_reopen_the_block_that_it_cuts(string opening, string line, string closing, string reopened, string closed)
    {
        var parts = Cut(opening + Lines(line, 1_500) + closing + "\nend");

        parts.Count.ShouldBe(2);
        parts[0].ShouldStartWith(opening + line);
        parts[0].ShouldEndWith(line + closed + Notice);
        parts[1].ShouldStartWith(reopened + line);
        parts[^1].ShouldEndWith(line + closing + "\nend");
    }

    [Fact]
    public void Should_not_cut_inside_a_fence_that_fits_the_next_part()
    {
        var fence = "```\n" + Lines("x\n\n", 400) + "```\n";
        var text = Lines("one\n", 500) + "\n" + fence + "\n" + Lines("two\n", 400);

        Cut(text)[1].ShouldBe(fence + "\n" + Lines("two\n", 400));
    }

    [Fact]
    public void Should_not_cut_inside_inline_code_or_a_link()
    {
        var text = string.Concat(Enumerable.Repeat("word `code with spaces` [a link](with-a-long-address) ", 30));

        var parts = Cut(text);

        parts.Count.ShouldBe(3);
        parts.ShouldAllBe(x => x.Count(c => c == '`') % 2 == 0);
        parts.ShouldAllBe(x => x.Split("[a link]").Length == x.Split("](with-a-long-address)").Length);
    }

    [Fact]
    public void Should_divide_one_long_word_between_two_characters()
    {
        var parts = Cut(string.Concat(Enumerable.Repeat("\ud83d\ude00", 1_500)));

        parts.ShouldAllBe(x => !x.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar));
    }

    [Fact]
    public void Should_disarm_a_mention_in_inline_code_that_it_cuts()
    {
        var parts = CopiedBody.Divide("`" + Lines("@ada is in code\n", CopiedBody.MaxLength * 2) + "`", MarkOf);

        parts.ShouldAllBe(x => !x.Contains("@ada"));
        parts[0].ShouldEndWith(Mark.Render());
        parts.ShouldAllBe(x => CodePoints.Count(x) <= CopiedBody.MaxLength);
    }

    [Fact]
    public void Should_end_the_first_part_with_the_marker()
    {
        var parts = CopiedBody.Divide(Lines("line\n", CopiedBody.MaxLength + 10), MarkOf);

        parts.Count.ShouldBe(2);
        parts[0].ShouldEndWith($"line\n\n{Notice}\n\n{Mark.Render()}");
        parts[1].ShouldStartWith("line\n");
        parts[1].ShouldEndWith($"\n\n{MarkOf(2).Render()}");
        (Marker.Find(parts[1], 1), Marker.FindComment(parts[1], 1, 7)).ShouldBe((null, MarkOf(2)));
        CopiedBody.Divide("short", MarkOf).ShouldBe([$"short\n\n{Mark.Render()}"]);
        CopiedBody.Divide("", MarkOf).ShouldBe([Mark.Render()]);
    }

    [Fact]
    public void Should_disarm_the_marker_of_another_issue_in_code_that_it_cuts()
    {
        var foreign = new Marker(1, "nss/template", 2);
        var parts = CopiedBody.Divide($"`a {foreign.Render()}\n" + new string('x', CopiedBody.MaxLength) + "`", MarkOf);

        parts.ShouldAllBe(part => Marker.Find(part, 1) == null || Marker.Find(part, 1) == Mark);
    }

    [Theory]
    [InlineData(1, 2, " part=2")]
    [InlineData(12, 1, " comment=12")]
    [InlineData(3_123_456_789, 27, " comment=3123456789 part=27")]
    public void Should_mark_each_comment(long id, int part, string written)
    {
        var key = new CommentKey(id == 1 ? 0 : id, part);
        var marker = new Marker(1, "nss/template", 7, key);

        marker.Render().ShouldBe($"<!-- monarch source-id=1 source=nss/template issue=7{written} -->");
        Marker.FindComment($"text\n\n{marker.Render()}", 1, 7).ShouldBe(marker);
        Marker.FindComment($"text\n\n{marker.Render()}", 1, 8).ShouldBeNull();
        Marker.Find($"text\n\n{marker.Render()}", 1).ShouldBeNull();
        Marker.Strip($"text\n\n{marker.Render()}").ShouldBe("text\n\n");
        written.Length.ShouldBeLessThanOrEqualTo(CommentKey.MaxLength);
    }

    static Marker MarkOf(int part) => part == 1 ? Mark : new(1, "nss/template", 7, new CommentKey(0, part));

    static List<string> Cut(string text) => [.. BodyParts.Cut(text, Room).Select(x => x.Text)];

    static string Lines(string line, int length) => string.Concat(Enumerable.Repeat(line, length / line.Length));
}
