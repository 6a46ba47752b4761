using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Reads the nested arrays in which Redis answers. An entry that was deleted meanwhile has no fields and is left out.</summary>
static class StreamReply
{
    public static IReadOnlyList<WorkItem> Items(RedisResult reply) =>
        [.. Array(reply).Where(x => !x.IsNull).Select(Array).Where(x => x.Length == 2 && !x[1].IsNull).Select(x => new WorkItem((string)x[0]!, Fields(x[1])))];

    public static RedisResult[] Array(RedisResult reply) => reply.IsNull ? [] : (RedisResult[])reply!;

    static Dictionary<string, string> Fields(RedisResult reply)
    {
        var flat = (RedisValue[])reply!;
        var fields = new Dictionary<string, string>(flat.Length / 2);
        for (var i = 0; i + 1 < flat.Length; i += 2)
            fields[(string)flat[i]!] = (string)flat[i + 1]!;
        return fields;
    }
}
