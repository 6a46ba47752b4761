using Monarch.Workers.GitHub.Text;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Marking_a_copy
{
    const string Line = "<!-- monarch source-id=123456789 source=nss-group-projects/cider-falls issue=7 -->";

    static readonly Marker Expected = new(123_456_789, "nss-group-projects/cider-falls", 7);

    [Fact]
    public void Should_be_a_hidden_comment() => Expected.Render().ShouldBe(Line);

    [Theory]
    [InlineData(Line)]
    [InlineData("Text\n\n" + Line)]
    [InlineData("Text\r\n\r\n" + Line + "\r\n")]
    [InlineData("Text\r" + Line)]
    [InlineData(Line + " \t\n\n \r\n")]
    public void Should_be_read_from_the_last_line(string body)
    {
        Marker.TryRead(body, out var marker).ShouldBeTrue();
        marker.ShouldBe(Expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(Line + "\nsomething else")]
    [InlineData("> " + Line)]
    [InlineData(" " + Line)]
    [InlineData("x" + Line)]
    [InlineData("<!-- monarch source-id=0 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=1 source=a/b issue=-7 -->")]
    [InlineData("<!-- monarch source-id=1 source=a issue=7 -->")]
    [InlineData("<!-- monarch source-id=1  source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=99999999999999999999 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=9999999999999999999 source=a/b issue=7 -->")]
    [InlineData("<!-- monarch source-id=1 source=a/b issue=9999999999 -->")]
    [InlineData("<!-- Monarch source-id=1 source=a/b issue=7 -->")]
    public void Should_not_be_read_from_anything_else(string? body) => Marker.TryRead(body, out _).ShouldBeFalse();

    [Theory]
    [InlineData("a\n" + Line + "\nb", "a\nb")]
    [InlineData("a\r\n" + Line + "\r\nb", "a\r\nb")]
    [InlineData("a\n\n" + Line, "a\n\n")]
    [InlineData(Line + "\n" + Line + " \n", "")]
    [InlineData("a " + Line + "\nb", "a " + Line + "\nb")]
    public void Should_be_stripped_as_a_whole_line(string body, string expected) => Marker.Strip(body).ShouldBe(expected);

    [Theory]
    [InlineData(0, "a/b", 1)]
    [InlineData(1, "a b/c", 1)]
    [InlineData(1, "a/b -->", 1)]
    [InlineData(1, "a/b", 0)]
    public void Should_not_be_made_when_it_could_not_be_read_back(long id, string name, int number) =>
        Should.Throw<ArgumentException>(() => new Marker(id, name, number));
}
