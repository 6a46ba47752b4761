using Monarch.Workers;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>Inside Workers/GitHub a folder depends only on folders to its left, so no cycle is possible.</summary>
public sealed class Layering_the_GitHub_folders
{
    const string Root = "Monarch.Workers.GitHub";

    static readonly string[] Order =
        ["", "Transport", "Accounts", "RateBudget", "Api", "Markdown", "Endpoints", "Copying", "Repositories"];

    // Allowed by the order, but not intended.
    static readonly (string From, string To)[] Independent =
        [("RateBudget", "Accounts"), .. Order[1..5].Select(folder => ("Markdown", folder))];

    static readonly Lazy<IReadOnlyList<string>> Folders = new(() => FoldersOf(Types.InAssembly(typeof(WorkersRegistration).Assembly).GetTypes()));

    static readonly Lazy<IReadOnlyList<(string From, string To)>> Edges = new(FindEdges);

    [Fact]
    public void Should_place_every_folder_in_the_order() => Folders.Value.ShouldBe(Order, ignoreOrder: true);

    [Fact]
    public void Should_depend_on_folders_to_the_left_only() =>
        Edges.Value.Where(edge => Array.IndexOf(Order, edge.From) < Array.IndexOf(Order, edge.To)).ShouldBeEmpty();

    [Fact]
    public void Should_keep_accounts_the_budget_and_Markdown_independent() => Edges.Value.Intersect(Independent).ShouldBeEmpty();

    [Fact]
    public void Should_find_dependencies() => Edges.Value.ShouldContain(("Repositories", "Copying"));

    static IReadOnlyList<(string From, string To)> FindEdges()
    {
        var types = Types.InAssembly(typeof(WorkersRegistration).Assembly);
        return
        [
            .. from folder in Folders.Value
               where folder.Length > 0
               from dependent in FoldersOf(types.That().HaveDependencyOnAny($"{Root}.{folder}").GetTypes())
               where dependent != folder
               select (dependent, folder),
        ];
    }

    // The root itself is a folder without a name.
    static IReadOnlyList<string> FoldersOf(IEnumerable<IType> types) =>
    [
        .. types.Select(type => type.ReflectionType.Namespace ?? "").Where(name => $"{name}.".StartsWith($"{Root}.", StringComparison.Ordinal))
            .Select(name => name[Root.Length..].TrimStart('.').Split('.')[0]).Distinct(),
    ];
}
