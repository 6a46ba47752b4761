using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Workers.GitHub.Copying.Templates;
using Shouldly;
using Xunit;
using static Monarch.Tests.GitHub.Copying.Templates.IssueTemplateTest;

namespace Monarch.Tests.GitHub.Copying.Templates;

public sealed class Configuring_the_template : IDisposable
{
    readonly TemporaryDirectory _directory = new();

    string Path => _directory["issue.md"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Should_keep_title_and_body_by_default(string? setting)
    {
        using var services = Services(setting);

        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredService<IssueTemplate>().ShouldBeSameAs(IssueTemplate.Default);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Should_use_the_file(string start)
    {
        File.WriteAllText(Path, $"{start}---\r\ntitle: {{{{team}}}}\r\n---\r\n{{{{body}}}} 😀\r\n");
        using var services = Services($" {Path} ");

        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredService<IssueTemplate>().Render(Issue).ShouldBe(("blue-owls", "As a user I log in. 😀"));
    }

    [Fact]
    public void Should_keep_the_template_that_was_checked_at_start()
    {
        File.WriteAllText(Path, "{{body}}!");
        using var services = Services(Path);
        services.GetRequiredService<IStartupValidator>().Validate();

        File.WriteAllText(Path, "{{nope}}");

        services.GetRequiredService<IssueTemplate>().Render(Issue).Body.ShouldBe("As a user I log in.!");
    }

    [Fact]
    public void Should_name_key_value_place_and_remedy_of_each_error()
    {
        File.WriteAllText(Path, "{{body}}\n {{nope}}\n{{#if title}}");

        Errors(Path)
            .ShouldBe([
                $"ISSUE_TEMPLATE is '{Path}', line 2, column 2: {{{{nope}}}} has no known field. The fields are user_name, user_url, user_avatar, "
                    + "date, url, body, title, number, labels, milestone, source, target, team.",
                $"ISSUE_TEMPLATE is '{Path}', line 3, column 1: {{{{#if}}}} is not closed. Add {{{{/if}}}} where it ends.",
            ]);
    }

    [Fact]
    public void Should_name_ten_errors_at_most()
    {
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat("{{nope}}\n", 1000)));

        Errors(Path).Count.ShouldBe(10);
    }

    [Fact]
    public void Should_refuse_a_missing_file() =>
        Errors(Path)
            .ShouldBe([
                $"ISSUE_TEMPLATE is '{Path}', which cannot be read (FileNotFoundException). Set it to an existing file that Monarch's user may read, "
                    + "or leave it empty.",
            ]);

    [Fact]
    public void Should_refuse_a_folder() =>
        Errors(_directory.Path).ShouldHaveSingleItem().ShouldContain("cannot be read (UnauthorizedAccessException)");

    [Theory]
    [InlineData("a\0b", "cannot be read (ArgumentException)")]
    [InlineData("/dev/zero", "has more than 65536 bytes")]
    public void Should_refuse_what_is_no_text_file(string path, string problem) =>
        Errors(path).ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void Should_refuse_a_large_file()
    {
        File.WriteAllText(Path, $"{{{{body}}}}{new string('x', 65_529)}");

        Errors(Path)
            .ShouldBe([$"ISSUE_TEMPLATE is '{Path}', which has more than 65536 bytes. Shorten it: a body of GitHub may not be longer."]);

        File.WriteAllText(Path, $"{{{{body}}}}{new string('x', 65_528)}");
        Errors(Path).ShouldBeEmpty();
    }

    [Fact]
    public void Should_refuse_another_encoding()
    {
        File.WriteAllBytes(Path, [.. "{{body}} caf"u8, 0xe9]);

        Errors(Path).ShouldBe([$"ISSUE_TEMPLATE is '{Path}', which is not text in UTF-8. Save it in that encoding."]);
    }

    static List<string> Errors(string setting)
    {
        using var services = Services(setting);
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    static ServiceProvider Services(string? setting) =>
        new ServiceCollection()
            .AddIssueTemplate(
                new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ISSUE_TEMPLATE"] = setting }).Build()
            )
            .BuildServiceProvider();
}
