using System.Reflection;
using NetArchTest.Rules;

namespace Monarch.Tests.Architecture;

/// <summary>
/// Which folders below a namespace depend on which. The types of the namespace itself count as a folder, <see cref="Top"/>.
/// </summary>
sealed class FolderDependencies
{
    public const string Top = "(top)";

    readonly string _parent;

    public FolderDependencies(Assembly assembly, string parent)
    {
        _parent = parent;
        var types = Types.InAssembly(assembly);
        var folders = types.GetTypes().Where(IsBelow).ToLookup(FolderOf);
        Folders = [.. folders.Select(folder => folder.Key)];
        Edges =
        [
            .. from folder in folders
            let names = folder.Where(type => !type.ReflectionType.IsNested).Select(type => type.ReflectionType.FullName!).ToArray()
            from dependent in types.That().HaveDependencyOnAny(names).GetTypes().Where(IsBelow).Select(FolderOf).Distinct()
            where dependent != folder.Key
            select (dependent, folder.Key),
        ];
    }

    public IReadOnlyList<string> Folders { get; }

    public IReadOnlyList<(string From, string To)> Edges { get; }

    /// <summary>The dependencies that are part of a cycle, or lie between two cycles.</summary>
    public static IReadOnlyList<(string From, string To)> OnCycles(IEnumerable<(string From, string To)> dependencies)
    {
        var edges = dependencies.ToList();
        // An edge into a folder without dependencies, or out of one that nothing depends on, is on no cycle.
        while (
            edges.RemoveAll(edge => !edges.Exists(next => next.From == edge.To) || !edges.Exists(previous => previous.To == edge.From)) > 0
        ) { }

        return edges;
    }

    bool IsBelow(IType type) => $"{type.ReflectionType.Namespace}.".StartsWith($"{_parent}.", StringComparison.Ordinal);

    string FolderOf(IType type) =>
        type.ReflectionType.Namespace is { } name && name.Length > _parent.Length ? name[(_parent.Length + 1)..].Split('.')[0] : Top;
}
