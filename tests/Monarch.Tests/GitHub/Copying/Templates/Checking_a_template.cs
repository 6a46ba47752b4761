using Monarch.Workers.GitHub.Copying.Templates;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying.Templates;

public sealed class Checking_a_template
{
    [Theory]
    [InlineData("{{body}}\n  {{nope}}", "line 2, column 3: {{nope}} has no known field. The fields are user_name,")]
    [InlineData("{{body}}\r\n\r\n😀{{Title}}", "line 3, column 3: {{Title}} has no known field.")]
    [InlineData("{{body}}{{title.length}}", "line 1, column 9: {{title.length}} has no known field.")]
    [InlineData("{{body}}{{this}}", "line 1, column 9: {{this}} has no known field.")]
    [InlineData("{{body}}{{@root}}", "line 1, column 9: {{@root}} has no known field.")]
    [InlineData("{{body}}{{^}}", "line 1, column 9: {{^}} has no known field.")]
    [InlineData("{{body}}{{&title}}", "line 1, column 9: {{&title}} has no known field.")]
    [InlineData("{{body}}{{*inline}}", "line 1, column 9: {{*inline}} has no known field.")]
    [InlineData("{{body}}{{}}", "line 1, column 9: {{}} has no known field.")]
    [InlineData("{{body}}{{{nope}}}", "line 1, column 9: {{{nope}}} has no known field.")]
    [InlineData("{{body}}{{{else}}}", "line 1, column 9: {{{else}}} has no known field.")]
    [InlineData("{{body}}{{#if nope}}x{{/if}}", "line 1, column 9: {{#if nope}} has no known field.")]
    [InlineData("{{body}}{{#if title}}x{{else if nope}}{{/if}}", "line 1, column 23: {{else if nope}} has no known field.")]
    [InlineData("{{#each labels}}{{body}}{{/each}}", "line 1, column 17: {{body}} is not known within {{#each labels}}. Write {{this}}")]
    [InlineData("{{#each labels}}{{../nope}}{{/each}}", "line 1, column 17: {{../nope}} is not known within {{#each labels}}.")]
    [InlineData("{{#each labels}}{{else}}{{this}}{{/each}}", "line 1, column 25: {{this}} has no known field.")]
    [InlineData("{{body}} {{title", "line 1, column 10: '{{title' is not closed. Close it with }}.")]
    [InlineData("{{title\n{{body}}", "line 1, column 1: '{{title\n{{body}}' is not closed. Close it with }}.")]
    [InlineData("{{{body", "line 1, column 1: '{{{body' is not closed. Close it with }}}.")]
    [InlineData("{{body}}{{!-- }}", "line 1, column 9: '{{!-- }}' is not closed.")]
    [InlineData("{{body}}{{!--}}", "line 1, column 9: '{{!--}}' is not closed.")]
    [InlineData("{{body}", "line 1, column 1: {{body} has 2 opening and 1 closing braces.")]
    [InlineData("{{body}}}", "line 1, column 1: {{body}}} has 2 opening and 3 closing braces.")]
    [InlineData("{{{body}}", "line 1, column 1: {{{body}} has 3 opening and 2 closing braces.")]
    [InlineData("{{body}}{{! a } b }}", "line 1, column 9: {{! a } has 2 opening and 1 closing braces.")]
    [InlineData("{{{{body}}}}", @"line 1, column 1: there are 4 braces. Write {{field}}, or \{{ for the text {{.")]
    [InlineData("{{body}}{{> footer}}", "line 1, column 9: {{> footer}} includes another template. Write its text in this file.")]
    [InlineData("{{body}}{{lookup labels 0}}", "line 1, column 9: {{lookup labels 0}} calls a helper.")]
    [InlineData("{{body}}{{#if (eq title 1)}}{{/if}}", "line 1, column 9: {{#if (eq title 1)}} is not a block of this template.")]
    [InlineData("{{body}}{{#with title}}{{/with}}", "line 1, column 9: {{#with title}} is not a block of this template.")]
    [InlineData("{{body}}{{#each title}}{{/each}}", "line 1, column 9: {{#each title}} is not a block of this template.")]
    [InlineData("{{body}}{{#*inline \"x\"}}{{/inline}}", "line 1, column 9: {{#*inline \"x\"}} is not a block of this template.")]
    [InlineData(
        "{{body}}{{#each labels}}{{#each labels}}{{/each}}{{/each}}",
        "line 1, column 25: {{#each labels}} is not a block of this template."
    )]
    [InlineData("{{body}}\n{{#if title}}", "line 2, column 1: {{#if}} is not closed. Add {{/if}} where it ends.")]
    [InlineData("{{body}}{{/if}}", "line 1, column 9: {{/if}} closes no block.")]
    [InlineData(
        "{{body}}\n{{#if title}}x{{/each}}",
        "line 2, column 15: {{/each}} does not close {{#if}} of line 2, column 1. Close that with {{/if}} first."
    )]
    [InlineData("{{body}}{{else}}", "line 1, column 9: {{else}} is in no block. Write {{#if field}} before it.")]
    [InlineData("{{body}}{{#if title}}a{{else}}b{{else}}c{{/if}}", "line 1, column 32: {{else}} follows the {{else}} of the same block.")]
    [InlineData(
        "{{#each labels}}{{else if title}}{{/each}}{{body}}",
        "line 1, column 17: {{else if title}} is no alternative of {{#each}}."
    )]
    [InlineData("{{body}}{{#if title}}{{else unless url}}{{/if}}", "line 1, column 22: {{else unless url}} is no alternative of {{#if}}.")]
    [InlineData("From {{user_name}}:\n${{body}}", "line 2, column 1: a $ precedes {{, and would be part of every copy. Remove it,")]
    [InlineData("{{title}}\n${body}", "line 2, column 1: ${body} would be copied as it is. Write {{body}} for the field,")]
    [InlineData("", "line 1, column 1: the body of every copy would be empty. Write {{body}} for the source's.")]
    [InlineData("---\ntitle: x\n---\n \n", "line 4, column 1: the body of every copy would be empty.")]
    [InlineData("---\ntitle: x\n---", "line 3, column 4: the body of every copy would be empty.")]
    [InlineData("---\n\ntitle:   [{{nope}}]\n---\n{{body}}", "line 3, column 11: {{nope}} has no known field.")]
    [InlineData("---\ntitle: '{{#if title}}'\n---\n{{/if}}{{body}}", "line 2, column 9: {{#if}} is not closed.")]
    [InlineData("---\ntitle: x\n---\n{{nope}}", "line 4, column 1: {{nope}} has no known field.")]
    [InlineData("---\nname: x\n---\n{{body}}", "line 2, column 1: the front matter has the line 'name: x'. It may have one line that")]
    [InlineData("---\ntitle: x\ntitle: y\n---\n{{body}}", "line 3, column 1: the front matter has the line 'title: y'.")]
    [InlineData(
        "---\n{{body}}\n",
        "line 1, column 1: the front matter, which the line '---' opens, is not closed. Add a line '---' below it. If that line is"
    )]
    public void Should_name_place_problem_and_remedy(string text, string expected) => Errors(text)[0].ShouldStartWith(expected);

    [Fact]
    public void Should_report_every_error() =>
        Errors("{{a}}{{body}}{{b}}\n{{#if c}}{{/unless}}")
            .Select(x => x[..x.IndexOf(':')])
            .ShouldBe(["line 1, column 1", "line 1, column 14", "line 2, column 1", "line 2, column 10"]);

    [Fact]
    public void Should_shorten_what_it_shows() =>
        Errors($"{{{{{new string('x', 60)}}}}}")[0].ShouldContain($": {{{{{new string('x', 38)}… has no known field.");

    [Theory]
    [InlineData("{{#if title}}", "{{/if}}", "line 1, column 261")]
    [InlineData("{{else if title}}", "", "line 1, column 337")]
    public void Should_limit_the_depth(string open, string close, string place)
    {
        string Nested(int count)
        {
            var opened = string.Concat(Enumerable.Repeat(open, count));
            var closed = string.Concat(Enumerable.Repeat(close, count));
            return close.Length > 0 ? $"{opened}{{{{body}}}}{closed}" : $"{{{{#if title}}}}{opened}{{{{/if}}}}{{{{body}}}}";
        }

        var allowed = close.Length > 0 ? 20 : 19;
        Errors(Nested(allowed)).ShouldBeEmpty();
        Errors(Nested(5000)).ShouldHaveSingleItem().ShouldBe($"{place}: more than 20 blocks contain each other. Use fewer.");
    }

    [Theory]
    [InlineData('\n')]
    [InlineData(' ')]
    [InlineData('{')]
    [InlineData('\\')]
    public void Should_read_the_largest_template_quickly(char character) =>
        Errors($"{{{{body}}}}a{new string(character, 60_000)} {{{{!-- x --}}}}\n{{{{title}}}}").Count.ShouldBe(character == '{' ? 1 : 0);

    static List<string> Errors(string text)
    {
        List<TemplateFault> faults = [];
        var template = IssueTemplate.Read(text, faults);

        (template is null).ShouldBe(faults.Count > 0);
        return [.. faults.OrderBy(x => x.Offset).Select(x => $"{TemplateFault.Place(text, x.Offset)}: {x.Problem}. {x.Remedy}")];
    }
}
