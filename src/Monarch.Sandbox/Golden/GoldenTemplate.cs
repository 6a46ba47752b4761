using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Golden;

/// <summary>
/// A template with everything that a copy has to keep, convert or report: labels, milestones, types, assignees, relations, states, every
/// form of a reference, and hostile text. Its references are valid only in <see cref="FullName"/>.
/// </summary>
public static class GoldenTemplate
{
    /// <summary>The template.</summary>
    public const string FullName = "school/template";

    /// <summary>Another repository, to whose issues the template refers.</summary>
    public const string Library = "other/library";

    /// <summary>The organisation of the template, the template, and the other repository.</summary>
    public static SeedRequest Create() =>
        new()
        {
            Organisations =
            [
                new() { Login = "school", IssueTypes = [new() { Name = "Task" }, new() { Name = "Bug" }, new() { Name = "Epic" }] },
            ],
            Repositories =
            [
                new()
                {
                    FullName = Library,
                    Id = 78,
                    Issues = [new() { Title = "An issue of the library" }, new() { Title = "A pull request", IsPullRequest = true }],
                },
                new()
                {
                    FullName = FullName,
                    Id = 77,
                    Labels = Labels,
                    Milestones = Milestones,
                    Issues = [.. GoldenIssues.All, .. GoldenTexts.All, GoldenTexts.Last, GoldenIssues.Unselected],
                },
            ],
        };

    static IList<SeedLabel> Labels =>
        [
            new()
            {
                Name = "bug",
                Color = "d73a4a",
                Description = "Something isn't working",
            },
            new()
            {
                Name = "needs: review 🔍",
                Color = "fbca04",
                Description = "Ask a mentor, then \"merge\" <it>",
            },
            new() { Name = "تصميم", Color = "0e8a16" },
            new() { Name = "without a description" },
            new() { Name = "unused", Color = "000000" },
        ];

    static IList<SeedMilestone> Milestones =>
        [
            new()
            {
                Title = "Sprint 0",
                Description = "The preparation",
                State = "closed",
                DueOn = new(2027, 1, 31, 8, 0, 0, TimeSpan.Zero),
            },
            new()
            {
                Title = "Sprint 1",
                Description = "The first, see #2",
                DueOn = new(2027, 3, 31, 8, 0, 0, TimeSpan.Zero),
            },
            new() { Title = "Sprint 2 🚀" },
            new() { Title = "unused" },
        ];
}
