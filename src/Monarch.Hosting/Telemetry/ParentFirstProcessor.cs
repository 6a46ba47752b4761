using System.Diagnostics;
using Monarch.Redis.Sagas;
using OpenTelemetry;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Exports a span only after its parents in this process: a killed process loses complete steps, and leaves no span whose parent was never
/// exported. A span that other processes will name as their parent is exported immediately.
/// </summary>
sealed class ParentFirstProcessor(BaseProcessor<Activity> exporter) : CompositeProcessor<Activity>([exporter])
{
    // Several hosts may run in one process, each with its own exporter.
    readonly string _key = $"monarch.children.{Guid.NewGuid():N}";

    public override void OnStart(Activity data)
    {
        data.SetCustomProperty(_key, new Children());
        base.OnStart(data);
    }

    public override void OnEnd(Activity data)
    {
        for (var around = data.Parent; around is not null; around = around.Parent)
        {
            if (around.Recorded && around.GetCustomProperty(_key) is Children children && children.TryAdd(data))
            {
                return;
            }
        }

        Export(data);
    }

    void Export(Activity span)
    {
        base.OnEnd(span);
        if (TraceParent.IsKept(span))
        {
            // Wakes the exporter's thread, and does not wait for it.
            exporter.ForceFlush(0);
        }

        if (span.GetCustomProperty(_key) is Children children)
        {
            foreach (var child in children.Close())
            {
                Export(child);
            }
        }
    }

    /// <summary>Spans that have ended before their parent.</summary>
    sealed class Children
    {
        readonly Lock _gate = new();
        List<Activity>? _ended = [];

        public bool TryAdd(Activity span)
        {
            lock (_gate)
            {
                _ended?.Add(span);
                return _ended is not null;
            }
        }

        public List<Activity> Close()
        {
            lock (_gate)
            {
                var ended = _ended ?? [];
                _ended = null;
                return ended;
            }
        }
    }
}
