using Monarch.Workers;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>In the workers dependencies point one way: among the top-level folders, and among the folders of a feature.</summary>
public sealed class Layering_the_workers
{
    const string Workers = "Monarch.Workers";

    // The types of the folder itself, such as a feature's registration. They may depend on all below, and nothing below on them.
    const string Top = "(top)";

    [Theory]
    [InlineData(Workers)]
    [InlineData($"{Workers}.Archive")]
    [InlineData($"{Workers}.Archive.Filing")]
    [InlineData($"{Workers}.Deployments")]
    [InlineData($"{Workers}.Deployments.Running")]
    [InlineData($"{Workers}.Migrations")]
    [InlineData($"{Workers}.Slack")]
    public void Should_find_no_cycle(string folder)
    {
        var edges = FindEdges(folder);
        edges.ShouldNotBeEmpty();
        OnCycles(edges).ShouldBeEmpty();
    }

    [Fact]
    public void Should_see_the_dependencies_of_a_feature_and_of_its_registration()
    {
        FindEdges(Workers).ShouldContain(("Slack", "Migrations"));
        FindEdges($"{Workers}.Archive").ShouldContain((Top, "Filing"));
    }

    static List<(string From, string To)> FindEdges(string parent)
    {
        var types = Types.InAssembly(typeof(WorkersRegistration).Assembly);
        return
        [
            .. from folder in types.GetTypes().Where(type => IsBelow(parent, type)).GroupBy(type => FolderOf(parent, type)).ToList()
               let names = folder.Key == Top ? NamesOf(folder) : [$"{parent}.{folder.Key}"]
               from dependent in types.That().HaveDependencyOnAny(names).GetTypes().Where(type => IsBelow(parent, type)).Select(type => FolderOf(parent, type)).Distinct()
               where dependent != folder.Key
               select (dependent, folder.Key),
        ];
    }

    static string[] NamesOf(IEnumerable<IType> types) => [.. types.Where(type => !type.ReflectionType.IsNested).Select(type => type.ReflectionType.FullName!)];

    static bool IsBelow(string parent, IType type) =>
        type.ReflectionType.Namespace is { } name && (name == parent || name.StartsWith(parent + '.', StringComparison.Ordinal));

    static string FolderOf(string parent, IType type) =>
        type.ReflectionType.Namespace is { } name && name.Length > parent.Length ? name[(parent.Length + 1)..].Split('.')[0] : Top;

    // An edge into a folder without dependencies, or out of one that nothing depends on, is on no cycle.
    static List<(string From, string To)> OnCycles(List<(string From, string To)> edges)
    {
        var left = edges.FindAll(edge => edges.Exists(next => next.From == edge.To) && edges.Exists(previous => previous.To == edge.From));
        return left.Count == edges.Count ? left : OnCycles(left);
    }
}
