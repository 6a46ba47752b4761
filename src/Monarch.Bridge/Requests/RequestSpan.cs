using System.Diagnostics;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Requests;

/// <summary>
/// The span of a request that is received: the root of its migration's trace, or a child of the span that the request names.
/// </summary>
static class RequestSpan
{
    static readonly ActivitySource Source = new("Monarch.Bridge");

    /// <summary>Begins the span.</summary>
    /// <param name="origin">Where the request comes from; of few values.</param>
    /// <param name="traceParent">The span that the request names; null when it names none.</param>
    public static Activity? Begin(string origin, string? traceParent) =>
        Source.StartActivity($"receive {origin}", ActivityKind.Consumer, TraceParent.Of(traceParent));

    /// <summary>The request repeats another one, and has a trace already: this span is not exported.</summary>
    public static void Drop()
    {
        if (Activity.Current is { Source.Name: "Monarch.Bridge" } span)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
