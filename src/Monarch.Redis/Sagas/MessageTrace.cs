using System.Diagnostics;

namespace Monarch.Redis.Sagas;

/// <summary>The trace of the current message. Messages that are sent during its handling carry <see cref="Parent"/>.</summary>
/// <remarks>
/// The parent is a span that was already exported, never the current one: the spans of a killed process are lost, and spans that named
/// one of them as their parent would have none.
/// </remarks>
public sealed class MessageTrace : IDisposable
{
    static readonly AsyncLocal<MessageTrace?> Ambient = new();

    readonly MessageTrace? _outer = Ambient.Value;
    ActivityTraceId _linked;

    MessageTrace(string? parent) => Parent = parent;

    /// <summary>The trace of the current message; null outside of the handling of a message.</summary>
    public static MessageTrace? Current => Ambient.Value;

    /// <summary>The parent of the spans of sent messages, as a <c>traceparent</c>; null means the current span.</summary>
    public string? Parent { get; private set; }

    /// <summary>The tags of every span of the trace.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; private set; } = new Dictionary<string, string>();

    /// <summary>The span of the message; null when there is none.</summary>
    public Activity? Span { get; set; }

    /// <summary>Starts the handling of a message, which ends when the result is disposed.</summary>
    /// <param name="parent">The <c>traceparent</c> of the message; null for none.</param>
    /// <param name="tags">The tags of the message; null for none.</param>
    public static MessageTrace Begin(string? parent, IReadOnlyDictionary<string, string>? tags = null)
    {
        var trace = new MessageTrace(parent);
        trace.Tags = tags ?? trace.Tags;
        Ambient.Value = trace;
        return trace;
    }

    /// <summary>
    /// Continues the trace of a saga, for the messages that are sent from now on. A message of another trace is linked to it.
    /// </summary>
    internal void Continue(ITracedSaga saga, string messageName)
    {
        Parent = saga.TraceParent;
        Tags = saga.TraceTags;
        if (Span is not { IsAllDataRequested: true } span)
        {
            return;
        }

        // A saga's queue has many message types.
        span.DisplayName = $"{span.OperationName} {messageName}";
        foreach (var (name, value) in Tags)
        {
            span.SetTag(name, value);
        }

        if (TraceParent.Of(Parent) is { } own && own != default && own.TraceId != span.TraceId && own.TraceId != _linked)
        {
            _linked = own.TraceId;
            span.AddLink(new(own));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Ambient.Value = _outer;
}
