using System.Diagnostics;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>
/// The span of a received request: the root of its migration's trace, or a child of the span that the request names.
/// </summary>
static class RequestSpan
{
    static readonly ActivitySource Source = new("Monarch.Bridge");

    /// <summary>Begins the span.</summary>
    /// <param name="origin">The origin of the request; a bounded set of values.</param>
    /// <param name="traceParent">The span that the request names; null when it names none.</param>
    public static Activity? Begin(string origin, string? traceParent) =>
        Source.StartActivity($"receive {origin}", ActivityKind.Consumer, TraceParent.Of(traceParent));

    /// <summary>Drops the span of a duplicate, whose request has a trace already: it is not exported.</summary>
    public static void Drop()
    {
        if (Activity.Current is { Source.Name: "Monarch.Bridge" } span)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
