using FsCheck;
using FsCheck.Fluent;

namespace Monarch.Tests.GitHub;

/// <summary>Random texts of all relevant elements of Markdown.</summary>
static class MarkdownPieces
{
    public static string[] All { get; } =
    [
        "@ada",
        "@nss/team",
        "ada@example.org",
        "_",
        "*",
        "**",
        "~~",
        "`",
        "``",
        "```",
        "```\n",
        "~~~\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  ",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "# ",
        "| ",
        "|---|---|\n",
        "| a | b |\n|---|---|\n",
        "[",
        "]",
        "](",
        "](http://a.b/@c)",
        "](x \"@t\")",
        "]: ",
        "![",
        "(",
        ")",
        "<",
        ">",
        "<b>",
        "</b>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<div>",
        "</div>",
        "<a href=\"/@x\">",
        "<!--",
        "-->",
        "\"",
        "'",
        "\\",
        "&#64;",
        "&lt;",
        "http://a.b/@c",
        "www.a.b/@c",
        "<https://a.b/@c>",
        "[^1]",
        "[^1]: ",
        "[r]",
        "[r]: /@u '@t'\n",
        "word",
        "é",
        "😀",
        "\ud83d",
        "\0",
        "- [ ] ",
        "---\n",
        "<!-- monarch source-id=5 source=a/b issue=6 -->",
        "<!-- monarch source-id=1 source=nss/template issue=2 -->",
        "<!-- mon",
        "arch source-id=1 source=nss/template issue=2 -->",
        "\u200b",
        "\r",
    ];

    /// <summary>Without HTML tags, and without lone surrogates, which the client replaces.</summary>
    public static string[] WithoutHtml =>
        [
            .. All.Where(x => x.Length == 1 || x[0] != '<' || x.StartsWith("<https", StringComparison.Ordinal))
                .Where(x => x is not "\ud83d" and not "-->"),
        ];

    public static Arbitrary<string> Texts => ManyOf(All);

    public static Arbitrary<string> TextsWithoutHtml => ManyOf(WithoutHtml);

    public static Arbitrary<string> TextsWithoutMentionsAndMarkers =>
        Gen.Elements(All.Where(x => !new[] { "@", "&#64;", "mon", "source-id" }.Any(x.Contains)))
            .ListOf()
            .Select(string.Concat)
            .ToArbitrary();

    static Arbitrary<string> ManyOf(string[] pieces) =>
        Gen.Frequency((1, Gen.Constant("@ada")), (1, Gen.Elements("_", "*", "`", "\n", " ")), (4, Gen.Elements(pieces)))
            .ListOf()
            .Select(string.Concat)
            .ToArbitrary();

    /// <summary>Texts around GitHub's limit: a short one, many times.</summary>
    public static Arbitrary<string> LongTexts =>
        (
            from text in Texts.Generator
            where text.Length > 0
            from length in Gen.Choose(60_000, 70_000)
            select string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))
        ).ToArbitrary();
}
