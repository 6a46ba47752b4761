using StackExchange.Redis;

namespace Monarch.Redis.Streams;

/// <summary>An entry of a stream.</summary>
/// <param name="Id">Its id: <c>1526919030474-55</c>.</param>
/// <param name="Fields">Its fields; the last of several with the same name.</param>
public sealed record WorkItem(string Id, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Converts the entries, without those that were deleted meanwhile.</summary>
    internal static IReadOnlyList<WorkItem> Of(StreamEntry[] entries) =>
        [
            .. entries
                .Where(x => !x.IsNull)
                .Select(x => new WorkItem(
                    (string)x.Id!,
                    x.Values.GroupBy(field => (string)field.Name!).ToDictionary(field => field.Key, field => (string)field.Last().Value!)
                )),
        ];
}
