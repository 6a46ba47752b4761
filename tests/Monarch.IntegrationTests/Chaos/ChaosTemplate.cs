using System.Globalization;
using Monarch.Sandbox.Model;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// The source of a round: 30 open issues among closed ones and pull requests, with labels, milestones, references to earlier and later
/// issues, sub-issues in an order that is not that of their numbers, dependencies, comments, and a text that continues in a comment.
/// </summary>
static class ChaosTemplate
{
    public const string Name = "nss-group-projects/cider-falls";
    const int Issues = 40;

    /// <summary>The issue whose text is longer than a body.</summary>
    const int Long = 17;

    static readonly string[] Labels = ["Backend", "Frontend", "bug", "help wanted", "Später"];
    static readonly string[] Milestones = ["Sprint 1", "Sprint 2"];

    // Children before their parents and after them, and a parent that is a child.
    static readonly Dictionary<int, int[]> SubIssues = new()
    {
        [1] = [7, 3, 5],
        [7] = [10, 9],
        [21] = [27, 22, 25, 23, 2],
        [39] = [11, 38],
    };

    static readonly Dictionary<int, int[]> BlockedBy = new()
    {
        [6] = [1, 34],
        [15] = [6],
        [31] = [30, 15],
    };

    public static SeedRepository Create() =>
        new()
        {
            FullName = Name,
            Labels =
            [
                .. Labels.Select(
                    (name, place) =>
                        new SeedLabel
                        {
                            Name = name,
                            Color = Color(place),
                            Description = $"About {name}",
                        }
                ),
            ],
            Milestones = [.. Milestones.Select(title => new SeedMilestone { Title = title })],
            Issues = [.. Enumerable.Range(1, Issues).Select(Issue)],
        };

    static SeedIssue Issue(int number) =>
        IsPullRequest(number)
            ? new()
            {
                Title = Title(number),
                Body = $"Closes #{number - 1}",
                IsPullRequest = true,
            }
        : IsClosed(number) ? new() { Title = Title(number), State = "closed" }
        : new()
        {
            Title = Title(number),
            Body = number == Long ? LongBody : Body(number),
            Comments = CommentsOf(number),
            Labels = LabelsOf(number),
            Milestone = number % 3 < Milestones.Length ? Milestones[number % 3] : null,
            SubIssues = SubIssues.GetValueOrDefault(number, []),
            BlockedBy = BlockedBy.GetValueOrDefault(number, []),
        };

    static bool IsPullRequest(int number) => number % 8 == 0;

    static bool IsClosed(int number) => number % 8 == 4;

    static string Title(int number) => string.Create(CultureInfo.InvariantCulture, $"Ticket {number}");

    static string Color(int place) => string.Create(CultureInfo.InvariantCulture, $"0e8a1{place}");

    static string[] LabelsOf(int number) =>
        (number % 4) switch
        {
            0 or 1 => [],
            2 => [Labels[number % Labels.Length]],
            _ => [Labels[number % Labels.Length], Labels[(number + 2) % Labels.Length]],
        };

    static string Body(int number) =>
        $"""
            ## Story

            As an authenticated user, I should be able to demo ticket {number} on Friday.{References(number)}

            ## Technical notes

            A fork names it `#{number}`.
            """;

    static string LongBody =>
        string.Join("\n\n", Enumerable.Range(1, 3_500).Select(i => i % 500 == 0 ? "See #1 and #39." : $"Paragraph {i} of a long text."));

    static SeedComment[] CommentsOf(int number) =>
        number % 5 != 1
            ? []
            :
            [
                .. Enumerable
                    .Range(1, 3)
                    .Select(place => new SeedComment { Body = $"Comment {place} on ticket {number}, see #{Open(number + place, 1)}." }),
            ];

    static string References(int number) =>
        (number % 3) switch
        {
            0 => $"\n\n- [ ] after #{Open(number - 2, -1)} and #{Open(number - 7, -1)}",
            1 => $"\n\n- [ ] before #{Open(number + 4, 1)} and {Name}#{Open(number + 11, 1)}, after #{Open(number - 3, -1)}",
            _ => "",
        };

    /// <summary>An open issue near a number.</summary>
    static int Open(int number, int step)
    {
        number = Math.Clamp(number, 1, Issues - 1);
        return IsPullRequest(number) || IsClosed(number) ? number + step : number;
    }
}
