using Monarch.Workers.Slack.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

public class Escaping_text
{
    [Theory]
    [InlineData("<!channel> & <@U123> *bold*", "&lt;!channel&gt; &amp; &lt;@U123&gt; *bold*")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("plain", "plain")]
    [InlineData("```\n`code", @"'''\n'code")]
    [InlineData("\u001b[2J\u009b\u202e\u2028", @"\u001b[2J\u009b\u202e\u2028")]
    public void Should_escape_mentions(string text, string expected) => SlackText.Escape(text).ShouldBe(expected);
}
