using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Marking_a_copy
{
    const string Line = "<!-- monarch source-id=123456789 source=nss-group-projects/cider-falls issue=7 -->";

    const string Other = "<!-- monarch source-id=5 source=a/b issue=8 -->";
    const string SameSource = "<!-- monarch source-id=123456789 source=nss-group-projects/cider-falls issue=9 -->";
    const long SourceId = 123_456_789;

    static readonly Marker Expected = new(123_456_789, "nss-group-projects/cider-falls", 7);

    [Fact]
    public void Should_be_a_hidden_comment() => Expected.Render().ShouldBe(Line);

    [Theory]
    [InlineData(Line)]
    [InlineData("Text\n\n" + Line)]
    [InlineData("Text\r\n\r\n" + Line + "\r\n")]
    [InlineData("Text\r" + Line)]
    [InlineData(Line + " \t\n\n \r\n")]
    [InlineData(Line + "\nsomething else")]
    [InlineData(Line + " something else")]
    [InlineData("something else " + Line)]
    [InlineData(" " + Line)]
    [InlineData("- [x] done\n  " + Line)]
    [InlineData("> quoted\n" + Line)]
    [InlineData("> quoted\n\n" + Line + "\n\n> quoted again")]
    [InlineData("```\ncode\n```\n" + Line + "\n~~~\ncode\n~~~")]
    [InlineData("    code\n\n" + Line)]
    [InlineData("`code` " + Line + " `code`")]
    [InlineData("```\nnever closed\n\n" + Line)]
    [InlineData("<details>\n\n" + Line + "\n\n</details>")]
    [InlineData(Line + "\n\n" + Other)]
    [InlineData(Line + "\n\n> " + SameSource)]
    [InlineData(SameSource + "\n\n" + Line)]
    public void Should_be_found_at_any_position(string body) => Marker.Find(body, SourceId).ShouldBe(Expected);

    [Theory]
    [InlineData("> " + Line)]
    [InlineData("  > " + Line)]
    [InlineData(">" + Line)]
    [InlineData("> > a\n> > " + Line + "\n\nb")]
    [InlineData("- > " + Line)]
    [InlineData("```\n" + Line + "\n```")]
    [InlineData("```\n" + Line)]
    [InlineData("~~~html\n\n" + Line + "\n~~~\nb")]
    [InlineData("````\n```\n" + Line + "\n````")]
    [InlineData("- a\n\n  ```\n  " + Line + "\n  ```\n")]
    [InlineData("a\n\n    " + Line)]
    [InlineData("\t" + Line)]
    [InlineData("`" + Line + "`")]
    [InlineData("The marker is ``" + Line + "``, at the end.")]
    public void Should_be_ignored_where_it_is_cited(string body) => Marker.Find(body, SourceId).ShouldBeNull();

    [Fact]
    public void Should_be_found_and_cited_when_the_parser_rejects_the_text()
    {
        var much = new string('[', 5_000) + "\n\n";

        Marker.Find(much + Line + "\n\nBelow", SourceId).ShouldBe(Expected);
        Marker.Find(much + "> " + Line + "\n\n    " + Line + "\n\n```\n" + Line + "\n```\n", SourceId).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(Other)]
    [InlineData("<!-- monarch source-id=0 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=123456789 source=a/b issue=-7 -->")]
    [InlineData("<!-- monarch source-id=123456789 source=a issue=7 -->")]
    [InlineData("<!-- monarch source-id=123456789  source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=99999999999999999999 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=9999999999999999999 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=123456789 source=a/b issue=9999999999 -->")]
    [InlineData("<!-- Monarch source-id=123456789 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=123456789\nsource=a/b issue=7 -->")]
    public void Should_not_be_found_in_anything_else(string? body) => Marker.Find(body, SourceId).ShouldBeNull();

    [Theory]
    [InlineData("a\n" + Line + "\nb", "a\nb")]
    [InlineData("a\r\n" + Line + "\r\nb", "a\r\nb")]
    [InlineData("a\n\n" + Line, "a\n\n")]
    [InlineData(Line + "\n" + Line + " \n", "")]
    [InlineData("a " + Line + "\nb", "a " + Line + "\nb")]
    [InlineData("```\n" + Line + "\n```", "```\n" + Line + "\n```")]
    public void Should_be_stripped_as_a_whole_line(string body, string expected) => Marker.Strip(body).ShouldBe(expected);

    [Theory]
    [InlineData("a " + Line + " b")]
    [InlineData("  " + Line)]
    [InlineData("<!-- mon" + Line + "arch source-id=123456789 source=a/b issue=7 -->")]
    public void Should_be_ignored_after_disarming(string body)
    {
        Marker.Find(body, SourceId).ShouldBe(Expected);
        var disarmed = Marker.Disarm(body);

        Marker.Find(disarmed, SourceId).ShouldBeNull();
        disarmed.Replace("former ", "").ShouldBe(body);
    }

    [Theory]
    [InlineData(0, "a/b", 1)]
    [InlineData(1, "a b/c", 1)]
    [InlineData(1, "a/b -->", 1)]
    [InlineData(1, "a/b", 0)]
    public void Should_not_be_created_when_it_cannot_be_read(long id, string name, int number) =>
        Should.Throw<ArgumentException>(() => new Marker(id, name, number));
}
