using System.Globalization;
using Monarch.Workers.GitHub.Copying.Templates;
using Shouldly;
using Xunit;
using static Monarch.Tests.GitHub.Copying.Templates.IssueTemplateTest;

namespace Monarch.Tests.GitHub.Copying.Templates;

public sealed class Rendering_a_copy
{
    const string All =
        "{{user_name}}|{{user_url}}|{{user_avatar}}|{{date}}|{{url}}|{{body}}|{{title}}|{{number}}|{{labels}}|{{milestone}}|{{source}}|{{target}}|{{team}}";

    public static TheoryData<string> HostileTexts =>
        new()
        {
            "{{title}} {{{body}}} {{#if x}} {{/each}} {{> /etc/passwd}} {{{{raw}}}}",
            "{{{",
            "}}} {{ \\{{ \\\\{{",
            "</script><b>\"it's\" & &lt; &amp;lt;</b>",
            "one\r\ntwo\r\n\r\nthree\r\n",
            "👩‍👩‍👧 🇺🇸 é שלום \u202e \u0000 \u2028",
            "$1 $& ${body} %s {0}",
            "a lone surrogate: \ud83d.",
            new string('x', 65_536),
            "",
        };

    [Theory, MemberData(nameof(HostileTexts), DisableDiscoveryEnumeration = true)]
    public void Should_insert_any_text_as_it_is(string text)
    {
        var issue = Issue with { Title = text, Body = text, Milestone = text, UserName = text, Labels = [text] };

        Body("<{{title}}><{{{body}}}><{{milestone}}><{{user_name}}>{{#each labels}}<{{this}}>{{/each}}", issue)
            .ShouldBe($"<{text}><{text}><{text}><{text}><{text}>");
    }

    [Theory, MemberData(nameof(HostileTexts), DisableDiscoveryEnumeration = true)]
    public void Should_keep_title_and_body_without_a_template(string text) =>
        IssueTemplate.Default.Render(Issue with { Title = text, Body = text }).ShouldBe((text, text));

    [Fact]
    public void Should_render_a_missing_body_as_an_empty_one()
    {
        var issue = Issue with { Body = null };

        IssueTemplate.Default.Render(issue).ShouldBe((issue.Title, ""));
        Body("<{{body}}>{{#if body}}yes{{else}}no{{/if}}", issue).ShouldBe("<>no");
    }

    [Fact]
    public void Should_have_every_field() =>
        Body(All)
            .ShouldBe(
                "ada|https://github.com/ada|https://avatars.example.org/u/1?v=4&s=96|2026-09-02T04:30:05Z|"
                    + "https://github.com/nss/template/issues/1204|As a user I log in.|Add a login page|1204|bug,good first issue|Sprint 1|"
                    + "nss/template|nss-teams/blue-owls|blue-owls"
            );

    [Fact]
    public void Should_have_no_more_fields_than_are_documented() =>
        IssueTemplateFields.Values(Issue).Keys.ShouldBe(IssueTemplateFields.All, ignoreOrder: true);

    [Fact]
    public void Should_render_the_issue_of_a_deleted_account()
    {
        var issue = Issue with { UserName = null, UserUrl = null, UserAvatar = null, CreatedAt = null, Milestone = null, Labels = [] };

        Body(All, issue)
            .ShouldBe(
                "||||https://github.com/nss/template/issues/1204|As a user I log in.|Add a login page|1204|||nss/template|nss-teams/blue-owls|blue-owls"
            );
        Body("{{#if user_name}}by {{user_name}}{{else}}by a deleted account{{/if}}", issue).ShouldBe("by a deleted account");
    }

    [Theory]
    [InlineData("{{#if milestone}}in {{milestone}}{{/if}}", "in Sprint 1")]
    [InlineData("{{#unless milestone}}none{{else}}{{milestone}}{{/unless}}", "Sprint 1")]
    [InlineData("{{#if labels}}{{#each labels}}{{#unless @first}}, {{/unless}}{{this}}{{/each}}{{/if}}", "bug, good first issue")]
    [InlineData("{{#each labels}}{{@index}}{{#if @last}}{{../number}}{{else}}{{.}}{{/if}}{{/each}}", "0bug11204")]
    [InlineData("a  {{~ title ~}}  b", "aAdd a login pageb")]
    [InlineData("a{{! a note }}b{{!-- {{title}} } --}}c", "abc")]
    [InlineData(@"\{{nope}} \\{{number}}", @"{{nope}} \1204")]
    [InlineData("{{\r\n  title\r\n}}", "Add a login page")]
    [InlineData("Cost: $5 ${x} }} { } {number}", "Cost: $5 ${x} }} { } {number}")]
    public void Should_render(string template, string expected) => Body(template).ShouldBe(expected);

    [Fact]
    public void Should_render_what_applies()
    {
        const string Text = "{{#if milestone}}m{{else if labels}}l{{else}}n{{/if}}{{#each labels}}-{{this}}{{else}}{{title}}{{/each}}";

        Body(Text).ShouldBe("m-bug-good first issue");
        Body(Text, Issue with { Milestone = null }).ShouldBe("l-bug-good first issue");
        Body(Text, Issue with { Milestone = null, Labels = [] }).ShouldBe("nAdd a login page");
    }

    [Theory]
    [InlineData("{{body}}\n\n*{{url}}*\n", "\n")]
    [InlineData("{{body}}\r\n\r\n*{{url}}*\r\n", "\r\n")]
    public void Should_keep_the_line_breaks_of_template_and_source(string template, string newLine) =>
        Body(template, Issue with { Body = "one\r\ntwo\nthree\r\n" })
            .ShouldBe($"one\r\ntwo\nthree\r\n{newLine}{newLine}*https://github.com/nss/template/issues/1204*");

    [Fact]
    public void Should_remove_the_lines_of_blocks_alone() =>
        Body("a\n{{#if title}}\n{{body}}\n{{/if}}\nb", Issue with { Body = "\n x \n" }).ShouldBe("a\n\n x \n\nb");

    [Fact]
    public void Should_be_the_same_in_every_culture()
    {
        var template = Template(All);
        var expected = template.Render(Issue);
        var original = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.NumberFormat.NumberGroupSeparator = " ";
        culture.NumberFormat.NegativeSign = "~";

        CultureInfo.CurrentCulture = culture;
        try
        {
            template.Render(Issue).ShouldBe(expected);
            Template(All).Render(Issue).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = original;
        }
    }

    [Fact]
    public void Should_be_the_same_in_every_thread()
    {
        var template = Template("---\ntitle: '{{number}}'\n---\n{{#each labels}}{{../number}} {{this}} {{/each}}{{body}}");
        var rendered = new (string Title, string Body)[400];

        Parallel.For(0, rendered.Length, i => rendered[i] = template.Render(Issue with { Number = i, Labels = [$"label {i}"] }));

        rendered.ShouldBe(Enumerable.Range(0, rendered.Length).Select(i => ($"{i}", $"{i} label {i} As a user I log in.")));
    }
}
