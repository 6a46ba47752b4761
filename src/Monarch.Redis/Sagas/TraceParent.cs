using System.Diagnostics;

namespace Monarch.Redis.Sagas;

/// <summary>A span of another process, in the format of W3C Trace Context: <c>00-{trace}-{span}-{flags}</c>.</summary>
public static class TraceParent
{
    /// <summary>The name of the header, and of the field in a request.</summary>
    public const string Header = "traceparent";

    /// <summary>The name of the header with vendor data.</summary>
    public const string StateHeader = "tracestate";

    const int Length = 55;
    const string AnchorKey = "monarch.anchor";

    /// <summary>Parses a <c>traceparent</c>.</summary>
    /// <param name="text">The received value; anything but a text is ignored.</param>
    /// <param name="state">The corresponding <c>tracestate</c>; null for none.</param>
    /// <returns>The span; the default if it is missing or malformed.</returns>
    public static ActivityContext Of(object? text, string? state = null) =>
        text is string { Length: Length } parent && ActivityContext.TryParse(parent, state, isRemote: true, out var context)
            ? context
            : default;

    /// <summary>Parses the span in a publisher's headers.</summary>
    /// <param name="headers">The headers of the published message.</param>
    /// <returns>The span; the default if the header is missing or malformed.</returns>
    public static ActivityContext Of(IReadOnlyDictionary<string, object?> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return Of(headers.GetValueOrDefault(Header), headers.GetValueOrDefault(StateHeader) as string);
    }

    /// <summary>The trace's id in 32 hexadecimal digits.</summary>
    /// <param name="text">A <c>traceparent</c>; null for none.</param>
    /// <returns>Null if it is missing or malformed.</returns>
    public static string? TraceId(string? text) => Of(text) is { } context && context != default ? context.TraceId.ToString() : null;

    /// <summary>
    /// Marks the current span as kept, and returns it: spans of other processes will name it as their parent, so it is exported soon.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public static string? Keep()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } span)
        {
            return null;
        }

        span.SetCustomProperty(AnchorKey, AnchorKey);
        return span.Id;
    }

    /// <summary>Whether a span is marked as kept.</summary>
    /// <param name="span">The span.</param>
    public static bool IsKept(Activity span)
    {
        ArgumentNullException.ThrowIfNull(span);
        return span.GetCustomProperty(AnchorKey) is not null;
    }
}
