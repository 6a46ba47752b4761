using Monarch.Testing;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

/// <summary>Issue 12 of the source is 34 in the target, 5 is 7; the others have no copy.</summary>
public class Rewriting_references
{
    const string Redirect = "https://redirect.github.com/nss/template/issues";

    static readonly ReferenceSource Source = new("github.com", "nss/template");

    [Theory]
    [InlineData("#12 at the start, #5.", "#34 at the start, #7.")]
    [InlineData("(#12) [#12] \"#12\" #12: #12, #12! #12-foo", "(#34) [#34] \"#34\" #34: #34, #34! #34-foo")]
    [InlineData("line\n#12\r\n#5", "line\n#34\r\n#7")]
    [InlineData("GH-12 gh-12", "#34 #34")]
    [InlineData("nss/template#12-foo NSS/Template#12 nss#12", "#34-foo #34 #34")]
    [InlineData("# See #12\n\nTitle #12\n===", "# See #34\n\nTitle #34\n===")]
    [InlineData("- [ ] #12\n  - [x] nss/template#5 x\n    1. #12", "- [ ] #34\n  - [x] #7 x\n    1. #34")]
    [InlineData("> #12\n> > - #5", "> #34\n> > - #7")]
    [InlineData("_#12_ **#12** ~~#12~~ _a_#12 **#12**x", "_#34_ **#34** ~~#34~~ _a_#34 **#34**x")]
    [InlineData("| a | #12 |\n|---|---|\n| #5 | `#12` |", "| a | #34 |\n|---|---|\n| #7 | `#12` |")]
    [InlineData("text[^1]\n\n[^1]: #12\n\n    #5", "text[^1]\n\n[^1]: #34\n\n    #7")]
    [InlineData("\\#12 \\\\#12 &#35;12 &num;12 nss/temp\\late#12", "#34 \\\\#34 #34 #34 nss/temp\\late#12")]
    [InlineData(
        "\u05e9\u05dc\u05d5\u05dd #12 \u0645\u0631\u062d\u0628\u0627",
        "\u05e9\u05dc\u05d5\u05dd #34 \u0645\u0631\u062d\u0628\u0627"
    )]
    [InlineData("\u4e2d\u6587#12 \ud83d\ude00#12\ud83d\ude00 \ud83d#12", "\u4e2d\u6587#34 \ud83d\ude00#34\ud83d\ude00 \ud83d#34")]
    [InlineData("- a\n\n\t<p>#12</p>\n\n>\t<p>\n>\t&#35;12</p>", "- a\n\n\t<p>#34</p>\n\n>\t<p>\n>\t#34</p>")]
    [InlineData("a <b>#12</b>\n\n<div>#12 &#35;12</div>", "a <b>#34</b>\n\n<div>#34 #34</div>")]
    [InlineData("<details><summary>#12</summary>\n\n#5\n</details>", "<details><summary>#34</summary>\n\n#7\n</details>")]
    [InlineData("Use the <a> tag for #12.\n\n#12", "Use the <a> tag for #12.\n\n#34")]
    [InlineData("#12#5 <https://github.com/nss/template/issues/12>#12", "#34#7 #34#34")]
    [InlineData("a**GH-12** b &GH-12; \\GH-12", "a**\u200b#34** b &\u200b#34; \\\u200b#34")]
    public void Should_write_the_number_of_the_copy(string text, string expected) => Rewrite(text).ShouldBe(expected);

    [Theory]
    [InlineData("https://github.com/nss/template/issues/12", "#34")]
    [InlineData("http://www.github.com/NSS/template/pull/12.", "#34.")]
    [InlineData("www.github.com/nss/template/issues/12 github.com/nss/template/issues/12", "#34 #34")]
    [InlineData("(https://github.com/nss/template/issues/12#issuecomment-9)", "(#34)")]
    [InlineData("https://github.com/nss/template/issues/12?x=@ada&y=(1)", "#34")]
    [InlineData("a<https://github.com/nss/template/issues/12>b", "a\u200b#34\u200bb")]
    [InlineData("_https://github.com/nss/template/issues/12_", "_#34_")]
    [InlineData("nss/template/issues/12 nss/template/discussions/5", "#34 #7")]
    [InlineData("<div>https://github.com/nss/template/issues/12.</div>", "<div>#34.</div>")]
    public void Should_write_the_number_in_place_of_an_address(string text, string expected) => Rewrite(text).ShouldBe(expected);

    [Theory]
    [InlineData("#3", $"[#3]({Redirect}/3)")]
    [InlineData("GH-3, nss/template#3", $"[GH-3]({Redirect}/3), [nss/template#3]({Redirect}/3)")]
    [InlineData("other/my_repo#3", "[other/my\\_repo#3](https://redirect.github.com/other/my_repo/issues/3)")]
    [InlineData(
        "<https://github.com/nss/template/pull/3/files#diff-1>",
        "[nss/template#3](https://redirect.github.com/nss/template/pull/3/files#diff-1)"
    )]
    [InlineData("https://github.com/other/repo/issues/3?a=(b)", "[other/repo#3](https://redirect.github.com/other/repo/issues/3)")]
    [InlineData("\\#3 **#3**x", $"[#3]({Redirect}/3) **[#3]({Redirect}/3)\u200b**x")]
    [InlineData("wow!#3 [a]#3", $"wow!\u200b[#3]({Redirect}/3) [a]\u200b[#3]({Redirect}/3)")]
    [InlineData("<div>#3</div>", $"<div><a href=\"{Redirect}/3\">#3</a></div>")]
    public void Should_link_quietly_to_an_issue_without_a_copy(string text, string expected)
    {
        var result = Rewrite(text);

        result.ShouldBe(expected);
        Rewrite(result).ShouldBe(result);
    }

    [Theory]
    [InlineData("#3 other/repo#3", "`nss/template#3` `other/repo#3`")]
    [InlineData("`a` #3", "`a` ``nss/template#3``")]
    [InlineData("`#3", "`\u200b``nss/template#3``")]
    [InlineData("https://git.school.example/nss/template/pull/3", "`nss/template#3`")]
    [InlineData("https://github.com/nss/template/pull/3", "https://github.com/nss/template/pull/3")]
    [InlineData("<p>#3</p>", "<p><code>nss/template#3</code></p>")]
    public void Should_write_code_on_an_Enterprise_Server(string text, string expected)
    {
        var server = Source with { WebHost = "git.school.example" };

        References.Rewrite(text, GitHubMarkdown.TryParse(text), server, CopyOf).ShouldBe(expected);
    }

    [Theory]
    [InlineData("[see #12](http://a.b) [#3](http://a.b)", "[see #34](http://a.b) [#\u200b3](http://a.b)")]
    [InlineData("[GH-3 and *other/repo#3*](u)", "[GH-\u200b3 and *other/repo#\u200b3*](u)")]
    [InlineData("[https://github.com/nss/template/issues/12](u)", "[#34](u)")]
    [InlineData("[https://github.com/nss/template/issues/3](u)", "[https://github.com/nss/template/issues/\u200b3](u)")]
    [InlineData("[a #12][r]\n\n[r]: u", "[a #34][r]\n\n[r]: u")]
    public void Should_write_no_link_inside_the_text_of_a_link(string text, string expected) => Rewrite(text).ShouldBe(expected);

    /// <summary>The text around it would get another meaning: it would name another repository, or become a link, a list or code.</summary>
    [Theory]
    [InlineData("test/regress-GH-12", "test/regress-\u200b#34\u200b")]
    [InlineData("[r]( (#3) (#3) ", $"[r]( ([#3]({Redirect}/3)) (\u200b[#3]({Redirect}/3)\u200b) ")]
    [InlineData("```*https://github.com/nss/template/pull/12#a`<b>", "```*https://github.com/nss/template/pull/\u200b12#a`<b>")]
    [InlineData("[a #3 http://a.b", "[a #\u200b3 http://a.b")]
    public void Should_write_what_keeps_the_meaning_of_the_text(string text, string expected) => Rewrite(text).ShouldBe(expected);

    /// <summary>When many references have to be written in another form, not every combination is tried.</summary>
    [Fact]
    public void Should_keep_the_meaning_of_a_long_text()
    {
        var text = string.Concat(Enumerable.Repeat("[a #3 http://a.b\n\n#12 b\n\n", 500));

        var result = Rewrite(text);

        result.ShouldBe(text.Replace("#3", "#\u200b3", StringComparison.Ordinal).Replace("#12", "#34", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("`#12` ``a `#12` b``\n`over\n#12`")]
    [InlineData("```\n#12\n```\n~~~js\nnss/template#12\n~~~\n\n    #12\n\n- ```\n  #12\n  ```")]
    [InlineData("> ```\r\n> #12\r\n> ```\r\n\r\n```\r\n#12\r\n")]
    [InlineData("<!-- #12 --> <code>#12</code> <code><b>#12</b></code>\n\n<pre>\n#12\n\n#12</pre>")]
    [InlineData("<code>\n\n#12\n\n</code>")]
    [InlineData("<div title=\"#12\">x</div> <a href=\"u\">#12</a>\n\n<div title=\"a>\n#12\n</div>")]
    [InlineData("[see](https://github.com/nss/template/issues/12 \"#12\") ![#12](a/#12)")]
    [InlineData("[#12](https://github.com/nss/template/issues/12) [#3](https://redirect.github.com/nss/template/pull/3)")]
    [InlineData("[#12] [#12][] [a][#12]\n\n[#12]: https://github.com/nss/template/issues/12 '#12'")]
    [InlineData("#12abc abc#12 C#12 other#12 #0 #012 #99999999999 #4294967296 # 12 &#12; &#35; #")]
    [InlineData("a_#12 #12_a nss/template#x foo/nss/template/issues/12")]
    [InlineData(
        "https://a.b/#12 https://web.archive.org/https://github.com/nss/template/issues/12 ftp://github.com/nss/template/issues/12"
    )]
    [InlineData(
        "https://github.com/nss/template/issues/12.json https://github.com/nss/template/issues/x https://a.b/nss/template/issues/12"
    )]
    [InlineData("")]
    public void Should_keep_what_is_no_reference(string text)
    {
        Rewrite(text).ShouldBe(text);
        Find(text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("github.com", "https://redirect.github.com/nss/template/issues/12")]
    [InlineData("git.school.example", "`nss/template#12`")]
    public void Should_name_the_original_of_a_long_text_quietly(string host, string expected) =>
        (Source with { WebHost = host }).QuietName($"https://{host}/nss/template/issues/12", 12).ShouldBe(expected);

    [Fact]
    public void Should_keep_a_text_that_the_parser_rejects()
    {
        var text = new string('[', 5_000) + " #12";

        Rewrite(text).ShouldBe(text);
    }

    [Fact]
    public void Should_find_the_numbers_of_the_source() =>
        Find("#5 other/repo#4 [a #12](u) `#6` nss/template#3 https://github.com/nss/template/pull/12").ShouldBe([3, 5, 12]);

    [Theory]
    [InlineData("#12 ")]
    [InlineData("a/a#")]
    [InlineData("a-")]
    [InlineData("a.")]
    [InlineData("a/")]
    [InlineData("https://github.com/")]
    [InlineData("/issues/1")]
    [InlineData("nss/template/issues/1/")]
    [InlineData("<code>")]
    [InlineData("[#12](u) ")]
    [InlineData("` #3 `` #3 ")]
    [InlineData("&#35;")]
    [InlineData("\\#12")]
    [InlineData("<a>#12")]
    public async Task Should_finish_for_any_repetition(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, CopiedBody.MaxLength / piece.Length)) + " #12";

        // The time limit detects a cost that grows with the square of the length or faster.
        await Task.Run(() => Rewrite(hostile), TestContext.Current.CancellationToken)
            .WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
    }

    static string Rewrite(string text) => References.Rewrite(text, GitHubMarkdown.TryParse(text), Source, CopyOf);

    static IReadOnlyCollection<int> Find(string text) => References.Find(text, GitHubMarkdown.TryParse(text), Source);

    static int? CopyOf(int number) =>
        number switch
        {
            12 => 34,
            5 => 7,
            _ => null,
        };
}
