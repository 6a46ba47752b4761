using Monarch.Workers;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>Inside Workers/GitHub dependencies point one way, folder by folder.</summary>
public sealed class Layering_the_GitHub_folders
{
    const string Root = "Monarch.Workers.GitHub.";

    // The transport and the calls above it are still one folder, Client: the budget and the credentials need the transport, and the calls need both.
    static readonly (string From, string To)[] Exceptions = [("Budgets", "Client"), ("Credentials", "Client")];

    static readonly Lazy<IReadOnlyList<(string From, string To)>> Edges = new(FindEdges);

    [Fact]
    public void Should_find_no_unknown_cycle() => OnCycles(Edges.Value.Except(Exceptions)).ShouldBeEmpty();

    [Fact]
    public void Should_list_no_unneeded_exception()
    {
        foreach (var exception in Exceptions)
            OnCycles(Edges.Value.Except(Exceptions.Except([exception]))).ShouldContain(exception);
    }

    static IReadOnlyList<(string From, string To)> FindEdges()
    {
        var types = Types.InAssembly(typeof(WorkersRegistration).Assembly);
        return
        [
            .. from folder in FoldersOf(types.GetTypes())
               from dependent in FoldersOf(types.That().HaveDependencyOnAny(Root + folder).GetTypes())
               where dependent != folder
               select (dependent, folder),
        ];
    }

    static IReadOnlyList<string> FoldersOf(IEnumerable<IType> types) =>
    [
        .. types.Select(type => type.ReflectionType.Namespace ?? "").Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Select(name => name[Root.Length..].Split('.')[0]).Distinct(),
    ];

    // An edge into a folder without dependencies, or out of one that nothing depends on, is on no cycle.
    static IReadOnlyCollection<(string From, string To)> OnCycles(IEnumerable<(string From, string To)> edges)
    {
        var all = edges.ToList();
        var left = all.Where(edge => all.Exists(next => next.From == edge.To) && all.Exists(previous => previous.To == edge.From)).ToList();
        return left.Count == all.Count ? left : OnCycles(left);
    }
}
