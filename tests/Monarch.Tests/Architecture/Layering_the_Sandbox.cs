using Monarch.Sandbox;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>In Monarch.Sandbox dependencies point one way, folder by folder. The project's root counts as a folder.</summary>
public sealed class Layering_the_Sandbox
{
    const string Root = "Monarch.Sandbox";

    static readonly Types Assembly = Types.InAssembly(typeof(SandboxServer).Assembly);

    static readonly IReadOnlyList<IType> All = [.. Assembly.GetTypes().Where(type => FolderOf(type) is not null)];

    [Fact]
    public void Should_find_no_cycle_among_the_folders()
    {
        var edges = FindEdges();

        edges.ShouldContain(("", "Admin"));
        OnCycles(edges).ShouldBeEmpty();
    }

    [Fact]
    public void Should_let_the_model_depend_on_no_folder() => FindEdges().Where(edge => edge.From == "Model").ShouldBeEmpty();

    static IReadOnlyList<(string From, string To)> FindEdges() =>
    [
        .. from folder in FoldersOf(All)
           let names = All.Where(type => FolderOf(type) == folder).Select(type => type.ReflectionType.FullName!).ToArray()
           from dependent in FoldersOf(Assembly.That().HaveDependencyOnAny(names).GetTypes())
           where dependent != folder
           select (dependent, folder),
    ];

    static IEnumerable<string> FoldersOf(IEnumerable<IType> types) => types.Select(FolderOf).OfType<string>().Distinct();

    // The first part of the namespace below the root; empty for the root, null outside.
    static string? FolderOf(IType type) => (type.ReflectionType.Namespace ?? "") switch
    {
        Root => "",
        var name when name.StartsWith(Root + ".", StringComparison.Ordinal) => name[(Root.Length + 1)..].Split('.')[0],
        _ => null,
    };

    // An edge from a folder without dependents, or to a folder without dependencies, is on no cycle.
    static IReadOnlyCollection<(string From, string To)> OnCycles(IReadOnlyCollection<(string From, string To)> edges)
    {
        var left = edges.Where(edge => edges.Any(next => next.From == edge.To) && edges.Any(previous => previous.To == edge.From)).ToList();
        return left.Count == edges.Count ? left : OnCycles(left);
    }
}
