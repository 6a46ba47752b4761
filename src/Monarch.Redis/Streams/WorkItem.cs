using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>An entry of a stream.</summary>
/// <param name="Id">Redis' id of it: <c>1526919030474-55</c>.</param>
/// <param name="Fields">Its fields; of several with the same name the last counts.</param>
public sealed record WorkItem(string Id, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The entries, without those that were deleted meanwhile.</summary>
    internal static IReadOnlyList<WorkItem> Of(StreamEntry[] entries) => [.. entries.Where(x => !x.IsNull).Select(Of)];

    static WorkItem Of(StreamEntry entry)
    {
        var fields = new Dictionary<string, string>(entry.Values.Length);
        foreach (var field in entry.Values)
            fields[(string)field.Name!] = (string)field.Value!;
        return new((string)entry.Id!, fields);
    }
}
