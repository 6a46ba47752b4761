using Monarch.Workers.GitHub.Copying.Templates;
using Shouldly;

namespace Monarch.Tests.GitHub.Copying.Templates;

/// <summary>An issue with a value in every field, and templates from text.</summary>
static class IssueTemplateTest
{
    public static readonly IssueTemplateData Issue = new()
    {
        Title = "Add a login page",
        Body = "As a user I log in.",
        Number = 1204,
        Url = "https://github.com/nss/template/issues/1204",
        CreatedAt = new(2026, 9, 1, 23, 30, 5, TimeSpan.FromHours(-5)),
        UserName = "ada",
        UserUrl = "https://github.com/ada",
        UserAvatar = "https://avatars.example.org/u/1?v=4&s=96",
        Labels = ["bug", "good first issue"],
        Milestone = "Sprint 1",
        Source = "nss/template",
        Target = "nss-teams/blue-owls",
    };

    public static IssueTemplate Template(string text)
    {
        List<TemplateFault> faults = [];
        var template = IssueTemplate.Read(text, faults);
        faults.ShouldBeEmpty();
        return template.ShouldNotBeNull();
    }

    public static string Body(string template, IssueTemplateData? issue = null) => Template(template).Render(issue ?? Issue).Body;

    public static string Title(string template, IssueTemplateData? issue = null) =>
        Template($"---\ntitle: {template}\n---\n{{{{body}}}}").Render(issue ?? Issue).Title;
}
