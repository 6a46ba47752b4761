using Monarch.Testing;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Disarming_mentions
{
    /// <summary>A <c>^</c> marks the expected zero-width space.</summary>
    [Theory]
    [InlineData("@^ada and @^nss/team-1, (@^grace) @^x!")]
    [InlineData("line\n@^ada\r\n@^grace")]
    [InlineData("# @^ada\n\n> @^grace\n> - @^linus\n>   1. @^x")]
    [InlineData("- [ ] @^ada does it\n- [x] @^grace did it")]
    [InlineData("*@^ada* **@^b** _@^c_ ~~@^d~~ _e_@^f")]
    [InlineData("[@^ada](https://github.com/ada) and ![@^alt](x.png)")]
    [InlineData("escaped \\@^ada")]
    [InlineData("entity &#64;^ada &#x40;^ada &commat;^ada @^&#97;da")]
    [InlineData("npm i @^angular/core, .@^ada /@^ada é@^ada")]
    [InlineData("| a | b |\n|---|---|\n| @^ada | `@code` |\n| [x](http://a.b/@c) | @^grace |")]
    [InlineData("| a | b |\n|---|---|\n| `x | @^ada` | y |\n| `x \\| @ada` | y |")]
    [InlineData("---\ntitle: @^ada\n---\ntext")]
    [InlineData("text[^1]\n\n[^1]: @^ada\n\n    @^grace")]
    [InlineData("[^1]: @^ada")]
    [InlineData("<div>@^ada</div>")]
    [InlineData("<details><summary>@^ada</summary>\n\n@^grace\n</details>")]
    [InlineData("text <b>@^ada</b> <a href=\"/@x\">@^grace</a>")]
    [InlineData("an open ` tick @^ada")]
    [InlineData("an open <code> @^ada")]
    [InlineData("<pre><b>@^ada</b></pre>")]
    [InlineData("<!--> @^ada -->")]
    [InlineData("<div>\n<!--> @^ada -->\n</div>")]
    [InlineData("<div a=\"b>\n@^ada\n</div>")]
    [InlineData("[@^ada]: http://x.y/@z 'by @w'\n\n[@^ada] [text][@^ada]")]
    [InlineData("[r]: /@u\n'@^t' x\n\n> [r]: /@u\n\"@^t\"*")]
    [InlineData("\u4e2d\u6587@^ada \ud83d\ude00@^grace \ud83d@^linus")]
    [InlineData("tel:1,@^ada")]
    [InlineData("www.a.b/@c&#64;^ada")]
    [InlineData("# \t_@^ada_ _e_@^f")]
    [InlineData("# \t`a`@^ada")]
    [InlineData("<code>@^ada ![</code>](x.png)")]
    [InlineData("<code>*@^ada*</code>")]
    public void Should_disarm_each_mention(string text) => Check(text);

    [Theory]
    [InlineData("ada@example.org, a_@b.c, a-b+@example.org, <ada@example.org>, mailto:ada@example.org")]
    [InlineData("@ alone, @-x, @_x, @@, a@b, @\u200bada, @")]
    [InlineData("`@ada` and ``@a ` @b``\n`over\n@lines`")]
    [InlineData("```\n@ada\n```\n~~~java\n@Override\n~~~")]
    [InlineData("text\n\n    @ada\n\n\t@grace")]
    [InlineData("- x\n\n      @code\n\n  ```\n  @code\n  ```")]
    [InlineData("1. x\n\n\t\t@code")]
    [InlineData("> ```js\n> @in\n> ```\n> - `@x`")]
    [InlineData("never closed:\n```\n@ada\n\n@grace\n")]
    [InlineData("> ```\n> @ada\n> @grace")]
    [InlineData("- ```\n  @ada\n  @grace")]
    [InlineData("https://medium.com/@ada/x www.medium.com/@ada <https://medium.com/@ada> http://localhost:3000/@ada")]
    [InlineData("[x](https://medium.com/@ada \"@title\") ![y](@src)\n[z][r]\n\n[r]: <https://medium.com/@ada> '@title'")]
    [InlineData("> [x](https://medium.com/@ada\n> \"@title\")")]
    [InlineData("<a href=\"https://medium.com/@ada\" title='a > @b'>x</a>")]
    [InlineData("<div title=\"@a\n@b\">x</div>")]
    [InlineData("> <div\n> title=\"@ada > @b\">\n> x")]
    [InlineData("<!-- @ada --> x <!-- @grace -->\n\n<!-- \n\n @linus -->")]
    [InlineData("<code>@Override</code>, <tt>@a</tt>\n\n<pre>\n@x\n\n@y\n</pre>")]
    [InlineData("<table><tr><td><code>@Input()</code></td></tr></table>")]
    public void Should_keep_text_without_mentions(string text) => Check(text);

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x1000)]
    public void Should_handle_any_depth(int depth)
    {
        var hostile =
            string.Concat(Enumerable.Repeat("> ", depth)) + "@ada\n\n```\n@code\n```\n@grace\n" + new string('[', depth) + "\n```\n@open";

        var result = Disarm(hostile);

        result.ShouldContain("@\u200bada");
        result.ShouldContain("@code");
        result.ShouldContain("@\u200bgrace");
    }

    [Theory]
    [InlineData("[a](")]
    [InlineData("[a][b] ")]
    [InlineData("*a ")]
    [InlineData("<a ")]
    [InlineData("<a b=\"")]
    [InlineData("<div>\n<a ")]
    [InlineData("<!-- ")]
    [InlineData("<div>\n<!-- ")]
    [InlineData("| a ")]
    [InlineData("`")]
    [InlineData("` `` ")]
    [InlineData("- ")]
    [InlineData("> ")]
    [InlineData("@a ")]
    [InlineData("@a-")]
    [InlineData("a-@a.")]
    [InlineData("&#64;")]
    [InlineData("![")]
    [InlineData("[^1]: a\n\n")]
    [InlineData("\\")]
    [InlineData("a\n")]
    [InlineData("http://a.b/@c ")]
    public async Task Should_finish_for_any_repetition(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, CopiedBody.MaxLength / piece.Length)) + " @ada";

        // The time limit detects a cost that grows with the square of the length or faster.
        await Task.Run(() => Disarm(hostile), TestContext.Current.CancellationToken)
            .WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
    }

    /// <summary>Text after a title makes it plain text; found by <see cref="Composing_any_body"/>.</summary>
    [Fact]
    public void Should_disarm_a_mention_in_quotation_marks_below_a_link_definition()
    {
        const string Text =
            "- # '@ada```@adawww.a.b/@c    )\ud83d\ude00(``\"\n``| word\n\n[r]: /@u '@t'\n> [^1]: @ada|---|---|\n(&lt;](x \"@t\")*";

        Disarm(Text).ShouldEndWith("(&lt;](x \"@\u200bt\")*");
    }

    static void Check(string text)
    {
        var source = text.Replace("^", "", StringComparison.Ordinal);
        var expected = text.Replace("[^1]", "[\u0001]", StringComparison.Ordinal)
            .Replace('^', '\u200b')
            .Replace("[\u0001]", "[^1]", StringComparison.Ordinal);
        if (text.Contains("[^1]", StringComparison.Ordinal))
        {
            source = expected.Replace("\u200b", "", StringComparison.Ordinal);
        }

        var result = Disarm(source);

        result.ShouldBe(expected);
        Disarm(result).ShouldBe(result);
    }

    static string Disarm(string text) => Mentions.Disarm(text, GitHubMarkdown.TryParse(text));
}
