using FsCheck;
using FsCheck.Fluent;

namespace Monarch.Tests.GitHub;

/// <summary>Random texts that refer to issues, between all relevant elements of Markdown.</summary>
static class ReferencePieces
{
    static readonly string[] Short = ["#12", "nss/template#12", "nss#12", "other/repo#3", "\\#12", "&#35;12"];

    static readonly string[] Long =
    [
        "GH-12",
        "https://github.com/nss/template/issues/12",
        "https://github.com/nss/template/pull/3#issuecomment-1",
        "<https://github.com/nss/template/issues/12>",
        "[#12](https://github.com/nss/template/issues/12)",
        "[see #12](u)",
        "[#12]",
        "[#12]: u\n",
        "`#12`",
        "```\n#12\n```\n",
        "<!-- #12 -->",
        "<code>#12</code>",
        "<b>#12</b>",
        "<div>#12</div>\n",
        "<a href=\"#12\">#12</a>",
    ];

    public static Arbitrary<string> Texts => ManyOf([.. Short, .. Long], MarkdownPieces.All);

    /// <summary>Only references to issues of the source.</summary>
    public static Arbitrary<string> TextsOfSource =>
        ManyOf([.. Short.Where(x => !x.StartsWith("other", StringComparison.Ordinal)), .. Long], MarkdownPieces.All);

    /// <summary>Only forms whose first and last character are like those of <c>#12</c>, and no HTML.</summary>
    public static Arbitrary<string> SimpleTexts => ManyOf(Short, MarkdownPieces.WithoutHtml);

    public static Arbitrary<string> TextsWithoutHtml =>
        ManyOf([.. Short, .. Long.Where(x => x[0] != '<' || x.StartsWith("<https", StringComparison.Ordinal))], MarkdownPieces.WithoutHtml);

    public static Arbitrary<string> None =>
        Gen.Elements(MarkdownPieces.All.Where(x => x is not "&#64;").ToArray()).ListOf().Select(string.Concat).ToArbitrary();

    static Arbitrary<string> ManyOf(string[] references, string[] pieces) =>
        Gen.Frequency(
                (2, Gen.Elements(references)),
                (1, Gen.Elements("_", "*", "`", "\n", " ", "!", "]", "x", "&", ";")),
                (3, Gen.Elements(pieces))
            )
            .ListOf()
            .Select(string.Concat)
            .ToArbitrary();
}
