using System.Reflection;
using Monarch.Bridge;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>No cycle among the top-level folders of a project; the root of the project counts as a folder.</summary>
public sealed class Layering_the_Bridge_and_the_CLI
{
    const string Root = "(root)";

    public static TheoryData<string, Assembly> Projects => new()
    {
        { "Monarch.Contracts", typeof(Failure).Assembly },
        { "Monarch.Bridge", typeof(BridgeRegistration).Assembly },
        { "Monarch.Cli", typeof(MonarchHosts).Assembly },
    };

    [Theory, MemberData(nameof(Projects), DisableDiscoveryEnumeration = true)]
    public void Should_have_no_cycle_among_folders(string project, Assembly assembly)
    {
        var edges = EdgesOf(project, assembly);

        edges.ShouldNotBeEmpty();
        OnCycles(edges).ShouldBeEmpty();
    }

    [Fact]
    public void Should_find_the_folders_that_a_folder_depends_on() =>
        EdgesOf("Monarch.Bridge", typeof(BridgeRegistration).Assembly).ShouldContain((Root, "Api"));

    static List<(string From, string To)> EdgesOf(string project, Assembly assembly)
    {
        var types = Types.InAssembly(assembly);
        var folders = types.GetTypes().Select(type => type.ReflectionType).Where(type => !type.IsNested && FolderOf(project, type) is not null)
            .ToLookup(type => FolderOf(project, type)!, type => type.FullName!);
        return
        [
            .. from folder in folders
               from dependent in types.That().HaveDependencyOnAny([.. folder]).GetTypes().Select(type => FolderOf(project, type.ReflectionType)).Distinct()
               where dependent is not null && dependent != folder.Key
               select (dependent, folder.Key),
        ];
    }

    static string? FolderOf(string project, Type type) => type.Namespace switch
    {
        { } name when name == project => Root,
        { } name when name.StartsWith($"{project}.", StringComparison.Ordinal) => name[(project.Length + 1)..].Split('.')[0],
        _ => null,
    };

    // An edge into a folder without dependencies, or out of one that nothing depends on, is on no cycle.
    static List<(string From, string To)> OnCycles(List<(string From, string To)> edges)
    {
        var left = edges.FindAll(edge => edges.Exists(next => next.From == edge.To) && edges.Exists(previous => previous.To == edge.From));
        return left.Count == edges.Count ? left : OnCycles(left);
    }
}
