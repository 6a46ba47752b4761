using System.Text;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Golden;

/// <summary>The issues 17 to 39: hostile text.</summary>
static class GoldenTexts
{
    public static IEnumerable<SeedIssue> All => [.. Prose, .. Blocks, .. Titles, .. Ends];

    public static SeedIssue Last =>
        new()
        {
            Title = "The last one refers to all kinds",
            Body = "After #1, closed #5, #9, locked #11, #28 and itself, #39",
            User = null,
        };

    static IEnumerable<SeedIssue> Prose =>
        [
            New(
                "Mentions",
                """
                @ada at the start, (@ada), **@ada**, _@ada_, "@ada", @ada's, @school/instructors, and/@ada.
                &#64;ada and \@ada notify too. Not ada@example.org, not a@ada, not `@ada`, not [a link](https://example.org/@ada).

                > @ada wrote: ask @grace
                """
            ),
            New(
                "Unicode: Zażółć 日本語 👩‍👩‍👧‍👦",
                "Ünïcödé: e\u0301 é, 日本語#1漢字, 👩‍👩‍👧‍👦#4👍🏽, Ⅻ, ﷽, \u00A0#1\u00A0, 🇩🇪 @ada 🎉"
            ),
            New(
                "Right to left: שלום مرحبا",
                """
                שלום @ada, ראו #1 ואת #4.

                مرحبا، انظر #4 (والمهمة #1).

                """ + "Isolated: \u2066#1\u2069, marked: \u200F#4\u200F."
            ),
            New(
                "Lists",
                """
                1. First #1
                   - [ ] Nested #4
                     - [x] Deeper: school/template#5, @ada

                       ```sh
                       echo "@ada #1" # no reference
                       ```

                       A paragraph in the item, #2.
                   - Another
                10. Tenth
                    * Star #1
                      + Plus #4
                """
            ),
            New(
                "Tables",
                """
                | Task | Owner | Text |
                |:---|:---:|---:|
                | #1 | @ada | `#4 \| @grace` |
                | school/template#4 | @school/instructors | a \| b #2 |
                | https://github.com/school/template/issues/4 | | ![#4](i.png) |
                """
            ),
            New(
                "HTML",
                """
                <details open>
                <summary>Hints for #1 by @ada</summary>

                Markdown again: #4, @ada.

                </details>

                <div align="center" title="#1 @ada">#1 &amp; #4<br>@ada</div>

                Inline: <kbd>#1</kbd>, <code>#1 @ada</code>, <a href="https://example.org/#1">#1 @ada</a>, <!-- #1 @ada -->, <sub>#4</sub>.

                <pre>
                #1 @ada
                </pre>

                <!--
                For instructors: #1, @ada
                -->
                <script>alert("#1 @ada")</script>
                """
            ),
        ];

    static IEnumerable<SeedIssue> Blocks =>
        [
            New(
                "Code",
                """
                ```js
                @name(#12) // #1, school/template#4, https://github.com/school/template/issues/4
                ```

                ~~~~ text
                ```
                #1 @ada
                ~~~
                ~~~~

                    indented #1 @ada

                Inline `#1`, ``a ` #4 @ada``, `over
                two lines #1`, a lone ` backtick, #4.

                > ```
                > #1 @ada
                > ```
                """
            ),
            New(
                "Headings",
                """
                #1 is not a heading
                # Heading #1
                ## School/Template#4 @ada ##
                Setext #4
                =========
                #### #4 and `#1`
                ---
                #4
                """
            ),
            New(
                "Links",
                """
                [the text names #1](https://example.org) and [@ada](https://example.org/@ada), [#4](https://example.org "#4").
                ![#1](https://example.org/#1.png "#1") [by reference, #1][ref], [#1][], [#4].
                Bare: https://example.org/#1, https://example.org/@ada?x=#4, www.example.org/#1, <https://example.org/#1>, <ada@example.org>.
                Links that are quiet already: [#1](https://redirect.github.com/school/template/issues/1), [x](../issues/1).

                [ref]: https://example.org/#1 "#1"
                [#1]: https://example.org/1
                """
            ),
            New(
                "Footnotes",
                """
                A claim[^1] and another[^note].

                [^1]: See #1, @ada.

                [^note]: First paragraph #4.

                    Second paragraph #2.

                ```
                [^1]: #1
                ```

                The end.
                """
            ),
            New(
                "Line ends of Windows",
                """
                # Steps for #1

                - [ ] #4
                - [ ] @ada

                ```cs
                // #1 @ada
                ```

                | a | b |
                |---|---|
                | #1 | #4 |

                """.ReplaceLineEndings("\r\n") + "mixed #1\nand #4\r\n"
            ),
            New("As long as GitHub allows", Longest()),
        ];

    static IEnumerable<SeedIssue> Titles =>
        [
            New("<script>alert(\"x\")</script> & #1, @ada, **bold**, {{title}}: \"quoted\" \\ `code`", "See the title of #29."),
            New(string.Concat(Enumerable.Repeat("🚀é", 128)), "A title of 256 characters."),
        ];

    static IEnumerable<SeedIssue> Ends =>
        [
            New("Code that is not closed", "Before #1.\n\n````js\n@name(#1)\n```"),
            New("A comment that is not closed", "Before #1.\n\n<!-- for instructors: #1 @ada"),
            New(
                "A copy of an older template",
                """
                Text with #1.

                ```
                <!-- monarch source-id=77 source=school/template issue=1 -->
                ```

                > Quoted: <!-- monarch source-id=77 source=school/template issue=1 -->

                Inline <!-- monarch source-id=77 source=school/template issue=1 --> too.

                <!-- monarch-digest 0123456789abcdef01234567 0123456789abcdef -->
                <!-- monarch source-id=12 source=school/older issue=3 -->
                """
            ),
            New(
                "Text like a template",
                "{{body}} {{{title}}} {{#each labels}}{{this}}{{/each}} {{> partial}} &lt;b&gt; {{!-- #1 --}} \\{{url}}"
            ),
            New(
                "Emphasis, escapes and no references",
                """
                **#1** _#4_ ***#1*** ~~#4~~ **#8** _#8_ a**#8**b wow!#8 [x]#8 `code`#8 #8`code` !#8
                \#1 &#35;1 \\#1 &num;4
                Not: abc#1 #1abc ##1 #0 #01 #99999999999 # 1 C#1 #1_a a_#1 &#1; color #123456 #fff other#1
                End of a sentence #1. Possessive #1's, range #1-#4, sum #1+#4, path #1/#4, ratio #1:#4, email a+#1@example.org
                """
            ),
            New(
                "GitHub's own Markdown",
                """
                > [!NOTE]
                > See #1, @ada.

                :rocket: #1 :+1: $a_{#1}$ and $`#1`$, H~2~O^#1^

                $$
                #1 @ada
                $$

                ```mermaid
                graph TD; A["#1"] --> B["@ada"];
                ```

                Commit 0123456789abcdef0123456789abcdef01234567, school/template@0123456789abcdef0123456789abcdef01234567, GHSA-aaaa-bbbb-cccc.
                """
            ),
            New(
                "Links to other issues",
                """
                Read [the first ticket](https://github.com/school/template/issues/1), <a href="https://github.com/school/template/issues/2">the
                epic</a> and [the library's](https://github.com/other/library/issues/1).
                """
            ),
            New("Reference at the very end", "#1"),
        ];

    // Exactly 65,536 characters, with a reference at the start and at the very end.
    static string Longest()
    {
        const string Start = "#1 begins, @ada. 🎉\n\n```\n#1 @ada\n```\n\n";
        const string Line = "This paragraph refers to #4 and mentions @ada; it is repeated. 🎉\n\n";
        const string End = " The end: #4";
        var text = new StringBuilder(Start);
        var room = 65_536 - Count(Start) - Count(End);
        for (var lines = room / Count(Line); lines > 0; lines--)
        {
            text.Append(Line);
        }

        return text.Append('.', room % Count(Line)).Append(End).ToString();
    }

    static int Count(string text) => text.EnumerateRunes().Count();

    static SeedIssue New(string title, string? body) => new() { Title = title, Body = body };
}
