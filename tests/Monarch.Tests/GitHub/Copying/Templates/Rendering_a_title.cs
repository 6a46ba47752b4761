using Shouldly;
using Xunit;
using static Monarch.Tests.GitHub.Copying.Templates.IssueTemplateTest;

namespace Monarch.Tests.GitHub.Copying.Templates;

public sealed class Rendering_a_title
{
    [Theory]
    [InlineData("[{{team}}] {{title}}", "[blue-owls] Add a login page")]
    [InlineData("\"{{title}}\"", "Add a login page")]
    [InlineData("'\"{{title}}\"'", "\"Add a login page\"")]
    [InlineData("'{{title}}' of {{team}}", "'Add a login page' of blue-owls")]
    [InlineData("  {{title}}  \r", "Add a login page")]
    public void Should_use_the_front_matter(string template, string expected) => Title(template).ShouldBe(expected);

    [Fact]
    public void Should_be_the_sources_without_front_matter() => Template("{{body}}").Render(Issue).Title.ShouldBe("Add a login page");

    [Fact]
    public void Should_leave_the_front_matter_out_of_the_body() =>
        Template("---\r\n\r\ntitle: x\r\n--- \r\n\r\n{{body}}\r\n---\r\n").Render(Issue).ShouldBe(("x", "\r\nAs a user I log in.\r\n---"));

    [Fact]
    public void Should_have_one_line() =>
        Title("a {{body}} b", Issue with { Body = "\r\n one\r\n\r\ntwo\u2028three\u0085\n" }).ShouldBe("a one two three b");

    [Theory]
    [InlineData("")]
    [InlineData("{{milestone}}")]
    [InlineData("{{body}}")]
    public void Should_be_the_sources_where_it_would_be_empty(string template) =>
        Title(template, Issue with { Milestone = null, Body = " \r\n\t\u2028 " }).ShouldBe("Add a login page");

    [Theory]
    [InlineData("x")]
    [InlineData("😀")]
    public void Should_be_cut_at_the_limit_of_GitHub(string character)
    {
        string Repeated(int count) => string.Concat(Enumerable.Repeat(character, count));

        Title("{{title}}{{number}}", Issue with { Title = Repeated(252) }).ShouldBe($"{Repeated(252)}1204");
        Title("{{title}}{{number}}", Issue with { Title = Repeated(255) }).ShouldBe($"{Repeated(255)}…");
        Title("{{title}}", Issue with { Title = Repeated(256) }).ShouldBe(Repeated(256));
    }

    [Fact]
    public void Should_not_end_with_a_space_where_it_is_cut() =>
        Title("{{title}} {{title}}", Issue with { Title = new('x', 254) }).ShouldBe($"{new string('x', 254)}…");
}
