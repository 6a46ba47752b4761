using System.Diagnostics;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>The trace that a publisher began: the headers <c>traceparent</c> and <c>tracestate</c> of W3C Trace Context.</summary>
static class TraceParent
{
    const int Length = 55;

    /// <param name="headers">The event's headers.</param>
    /// <returns>The publisher's span; the default, for none, where the header is missing or is not valid.</returns>
    public static ActivityContext Of(IReadOnlyDictionary<string, object?> headers) =>
        headers.TryGetValue("traceparent", out var parent) && parent is string { Length: Length } text
        && ActivityContext.TryParse(text, headers.GetValueOrDefault("tracestate") as string, isRemote: true, out var context)
            ? context
            : default;
}
