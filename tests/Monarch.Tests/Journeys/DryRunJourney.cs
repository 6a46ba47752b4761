using Monarch.Sandbox.Model;

namespace Monarch.Tests.Journeys;

/// <summary>A template and targets that are seeded by hand.</summary>
public abstract class DryRunJourney : JourneyTest
{
    protected const string One = "teams/n1";
    protected const string Two = "teams/n2";
    protected const string Three = "teams/n3";

    protected override SandboxOptions Options =>
        new()
        {
            Organisations =
            [
                new() { Login = "teams", IssueTypes = [new() { Name = "Bug" }] },
                new() { Login = "school", IssueTypes = [new() { Name = "Bug" }, new() { Name = "Epic" }] },
            ],
        };

    protected static SeedRepository Template(params SeedIssue[] issues) =>
        new()
        {
            FullName = Source,
            Id = 77,
            Issues = issues,
        };

    protected void SeedTarget(string name, Action<SeedRepository>? change = null, int own = 0)
    {
        var target = new SeedRepository
        {
            FullName = name,
            Issues = [.. Enumerable.Range(1, own).Select(i => new SeedIssue { Title = $"own {i}" })],
        };
        change?.Invoke(target);
        Sandbox.Seed(target);
    }
}
