using Monarch.Hosting;
using Monarch.Redis;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Architecture;

/// <summary>
/// The folders of Hosting and Redis have no cycle, their roots included: Hosting's root is the bottom layer and Startup the top, Redis'
/// root is the registration.
/// </summary>
public sealed class Layering_Hosting_and_Redis
{
    [Theory]
    [InlineData(typeof(HostRole), "Startup")]
    [InlineData(typeof(RedisServices), "Connection")]
    public void Should_have_no_cycle_among_folders(Type ofRoot, string folder)
    {
        var edges = FindEdges(ofRoot);

        edges.ShouldContain(edge => edge.From == folder);
        OnCycles(edges).ShouldBeEmpty();
    }

    static IReadOnlyList<(string From, string To)> FindEdges(Type ofRoot)
    {
        var root = ofRoot.Namespace!;
        var all = Types.InAssembly(ofRoot.Assembly);
        return
        [
            .. from folder in all.GetTypes().Where(type => IsOf(type, root)).GroupBy(type => FolderOf(type, root))
               // The namespace of the root includes the folders.
               let names = folder.Key.Length > 0 ? new[] { $"{root}.{folder.Key}" } : [.. folder.Where(type => !type.ReflectionType.IsNested).Select(type => type.ReflectionType.FullName!)]
               from dependent in all.That().HaveDependencyOnAny(names).GetTypes().Where(type => IsOf(type, root)).Select(type => FolderOf(type, root)).Distinct()
               where dependent != folder.Key
               select (dependent, folder.Key),
        ];
    }

    static bool IsOf(IType type, string root) =>
        $"{type.ReflectionType.Namespace}.".StartsWith($"{root}.", StringComparison.Ordinal);

    static string FolderOf(IType type, string root) => type.ReflectionType.Namespace![root.Length..].TrimStart('.').Split('.')[0];

    // An edge into a folder without dependencies, or out of a folder that nothing depends on, is on no cycle.
    static IReadOnlyCollection<(string From, string To)> OnCycles(IEnumerable<(string From, string To)> edges)
    {
        var all = edges.ToList();
        var left = all.Where(edge => all.Exists(next => next.From == edge.To) && all.Exists(previous => previous.To == edge.From)).ToList();
        return left.Count == all.Count ? left : OnCycles(left);
    }
}
