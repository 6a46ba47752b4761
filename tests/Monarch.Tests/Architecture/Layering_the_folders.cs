using System.Reflection;
using Monarch.Bridge;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using Monarch.Hosting.Startup;
using Monarch.Redis;
using Monarch.Sandbox;
using Monarch.Workers;
using Shouldly;
using Xunit;
using static Monarch.Tests.Architecture.FolderDependencies;

namespace Monarch.Tests.Architecture;

/// <summary>
/// Dependencies point one way: among the top-level folders of each project, and among the folders of each feature of the workers.
/// </summary>
public sealed class Layering_the_folders
{
    // In Workers/GitHub a folder depends only on folders to its left.
    static readonly string[] GitHub =
    [
        Top,
        "Transport",
        "Accounts",
        "RateBudget",
        "Api",
        "Markdown",
        "Endpoints",
        "Copying",
        "Repositories",
        "Planning",
    ];

    // Allowed by that order, but not intended.
    static readonly (string From, string To)[] Independent =
    [
        ("RateBudget", "Accounts"),
        .. GitHub[1..5].Select(folder => ("Markdown", folder)),
    ];

    static Assembly Workers => typeof(WorkersRegistration).Assembly;

    // Each with a dependency that it has, so that a test that sees none fails.
    public static TheoryData<string, Assembly, string, string> Parents =>
        new()
        {
            { "Monarch.Contracts", typeof(Failure).Assembly, "GitHub", Top },
            { "Monarch.Hosting", typeof(MonarchHost).Assembly, "Startup", "Settings" },
            { "Monarch.Redis", typeof(RedisServices).Assembly, Top, "Connection" },
            { "Monarch.Bridge", typeof(BridgeRegistration).Assembly, Top, "Api" },
            { "Monarch.Cli", typeof(MonarchHosts).Assembly, "Commands", "Display" },
            { "Monarch.Sandbox", typeof(SandboxServer).Assembly, "GitHub", "Model" },
            { "Monarch.Workers", Workers, "Slack", "Migrations" },
            { "Monarch.Workers.Archive", Workers, Top, "Filing" },
            { "Monarch.Workers.Archive.Filing", Workers, Top, "Stores" },
            { "Monarch.Workers.Deployments", Workers, Top, "Servers" },
            { "Monarch.Workers.Deployments.Running", Workers, Top, "Supervision" },
            { "Monarch.Workers.GitHub", Workers, "Repositories", "Copying" },
            { "Monarch.Workers.Migrations", Workers, "Batches", "Backoff" },
            { "Monarch.Workers.Slack", Workers, Top, "Notifications" },
        };

    [Theory, MemberData(nameof(Parents), DisableDiscoveryEnumeration = true)]
    public void Should_have_no_cycle(string parent, Assembly assembly, string dependent, string dependency)
    {
        var folders = new FolderDependencies(assembly, parent);

        folders.Edges.ShouldContain((dependent, dependency));
        OnCycles(folders.Edges).ShouldBeEmpty();
    }

    [Fact]
    public void Should_keep_the_order_of_the_GitHub_folders()
    {
        var folders = new FolderDependencies(Workers, "Monarch.Workers.GitHub");

        folders.Folders.ShouldBe(GitHub, ignoreOrder: true);
        folders.Edges.Where(edge => Array.IndexOf(GitHub, edge.From) < Array.IndexOf(GitHub, edge.To)).ShouldBeEmpty();
        folders.Edges.Intersect(Independent).ShouldBeEmpty();
    }

    [Fact]
    public void Should_let_the_model_of_the_sandbox_depend_on_no_folder() =>
        new FolderDependencies(typeof(SandboxServer).Assembly, "Monarch.Sandbox").Edges.Where(edge => edge.From == "Model").ShouldBeEmpty();

    [Fact]
    public void Should_find_a_cycle() => OnCycles([("A", "B"), ("B", "A"), ("B", "C"), ("D", "A")]).ShouldBe([("A", "B"), ("B", "A")]);
}
