using Monarch.Testing.Amqp;
using Monarch.Testing.Proxies;

namespace Monarch.IntegrationTests.Archive.Tracing;

/// <summary>Proves from the system calls of an archive that each event was durable before it was acknowledged.</summary>
sealed class DurableOrder
{
    static readonly string[] Writes = ["write", "pwrite64", "writev", "pwritev", "pwritev2"];
    static readonly string[] Sends = ["sendto", "sendmsg"];
    static readonly string[] Receives = ["recvfrom", "recvmsg"];

    readonly List<SystemCall> _calls;
    readonly Dictionary<string, SystemCall> _acknowledgements;

    DurableOrder(IEnumerable<SystemCall> calls)
    {
        _calls = [.. calls.Where(x => x.Result >= 0)];
        _acknowledgements = Acknowledgements();
    }

    /// <summary>The problems of the order.</summary>
    /// <param name="calls">The system calls.</param>
    /// <param name="files">The paths of the events' files with the ids of their messages.</param>
    public static IReadOnlyList<string> Check(IEnumerable<SystemCall> calls, IReadOnlyDictionary<string, string> files)
    {
        var order = new DurableOrder(calls);
        return
        [
            .. files
                .Select(x => (x.Value, Fault: order.FaultOf(x.Key, x.Value)))
                .Where(x => x.Fault is not null)
                .Select(x => $"{x.Value}: {x.Fault}"),
        ];
    }

    string? FaultOf(string file, string id)
    {
        if (!_acknowledgements.TryGetValue(id, out var acknowledged))
        {
            return "it was never acknowledged";
        }

        if (Links().FirstOrDefault(x => x.Paths[1] == file) is not { } named)
        {
            return "its file was not made by link";
        }

        var temporary = named.Paths[0];
        var written = _calls.Where(x => Writes.Contains(x.Name) && x.Descriptor == temporary).ToList();
        if (written.Count == 0)
        {
            return "its temporary file was not written";
        }

        var bodyEnd = written.Max(x => x.End);
        if (!IsSynced(bodyEnd, named.Begin, temporary))
        {
            return "its content was not durable before the file had its name";
        }

        // Of the temporary file, or of a token; the temporary file's name then has the id.
        if (Links().FirstOrDefault(x => IsIdOf(x, temporary)) is not { } claimed || claimed.End > named.Begin)
        {
            return "its id was not recorded before the file had its name";
        }

        if (claimed.Paths[0] != temporary && !IsSynced(Created(temporary), claimed.Begin, Path.GetDirectoryName(temporary)!))
        {
            return "the name of its temporary file was not durable before its id was recorded";
        }

        if (!IsSynced(named.End, acknowledged.Begin, Path.GetDirectoryName(file)!))
        {
            return "the name of its file was not durable before it was acknowledged";
        }

        if (!IsSynced(claimed.End, acknowledged.Begin, Path.GetDirectoryName(claimed.Paths[1])!))
        {
            return "its id was not durable before it was acknowledged";
        }

        return _calls.Find(x => x.Name is "unlink" or "unlinkat" && x.Paths[0] == temporary) switch
        {
            null => "its temporary file was left",
            var removed when !IsSynced(named.End, removed.Begin, Path.GetDirectoryName(file)!) =>
                "its temporary file was removed before the name of its file was durable",
            _ => null,
        };
    }

    IEnumerable<SystemCall> Links() => _calls.Where(x => x.Name is "link" or "linkat");

    int Created(string path) => _calls.Find(x => x.Name == "openat" && x.Paths[0] == path)?.End ?? int.MaxValue;

    // A call that started earlier need not cover later writes.
    bool IsSynced(int after, int before, string path) =>
        _calls.Exists(x =>
            x.Begin > after && x.End < before && (x.Name == "syncfs" || (x.Name is "fsync" or "fdatasync" && x.Descriptor == path))
        );

    static bool IsIdOf(SystemCall link, string temporary) =>
        Path.GetFileName(Path.GetDirectoryName(link.Paths[1])) == ".ids"
        && (link.Paths[0] == temporary || Path.GetFileName(temporary).Contains(Path.GetFileName(link.Paths[1]), StringComparison.Ordinal));

    // In the order in which the bytes were handed over: sent when the call began, received when it had ended.
    Dictionary<string, SystemCall> Acknowledgements()
    {
        var record = new AmqpRecord();
        Dictionary<string, AmqpTap> taps = [];
        Dictionary<string, SystemCall> found = [];
        var carried = _calls.Where(x => Sends.Contains(x.Name) || Receives.Contains(x.Name));
        foreach (var call in carried.OrderBy(x => Sends.Contains(x.Name) ? x.Begin : x.End))
        {
            var isSent = Sends.Contains(call.Name);
            if (call.Descriptor is not { } socket || call.Data is not { Length: > 0 } data)
            {
                continue;
            }

            if (!taps.TryGetValue(socket, out var tap))
            {
                if (!isSent || !data.AsSpan().StartsWith("AMQP"u8))
                {
                    continue;
                }

                taps[socket] = tap = new(record);
            }

            var before = record.Count;
            tap.Pass(isSent ? Flow.ToServer : Flow.ToClient, data);
            foreach (var delivery in record.Acknowledged.Skip(before))
            {
                found.TryAdd(delivery.MessageId ?? "", call);
            }
        }

        return found;
    }
}
