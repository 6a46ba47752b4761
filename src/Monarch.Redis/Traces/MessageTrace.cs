using System.Diagnostics;

namespace Monarch.Redis;

/// <summary>The trace that the work on a message belongs to. Whatever is sent meanwhile carries <see cref="Parent"/>.</summary>
/// <remarks>
/// That is a span which was exported long ago, never the present one: spans of a process that is killed are lost, and whatever named
/// one of them as its parent would be left without one.
/// </remarks>
public sealed class MessageTrace : IDisposable
{
    static readonly AsyncLocal<MessageTrace?> Ambient = new();

    readonly MessageTrace? _outer = Ambient.Value;
    ActivityTraceId _linked;

    MessageTrace(string? parent) => Parent = parent;

    /// <summary>The trace of the message that is handled now; null outside of any.</summary>
    public static MessageTrace? Current => Ambient.Value;

    /// <summary>The parent of the spans of what is sent, as a <c>traceparent</c>; null means the present span.</summary>
    public string? Parent { get; private set; }

    /// <summary>What every span of the trace is tagged with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; private set; } = new Dictionary<string, string>();

    /// <summary>The span of the message; null when there is none.</summary>
    public Activity? Span { get; set; }

    /// <summary>Begins the work on a message. It ends when the result is disposed.</summary>
    /// <param name="parent">The <c>traceparent</c> that came with the message; null for none.</param>
    /// <param name="tags">The tags that came with it; null for none.</param>
    public static MessageTrace Begin(string? parent, IReadOnlyDictionary<string, string>? tags = null)
    {
        var trace = new MessageTrace(parent);
        trace.Tags = tags ?? trace.Tags;
        Ambient.Value = trace;
        return trace;
    }

    /// <summary>What is sent from now on belongs to the trace of a saga. A message of another trace is linked to it.</summary>
    internal void Continue(ITracedSaga saga, string messageName)
    {
        Parent = saga.TraceParent;
        Tags = saga.TraceTags;
        if (Span is not { IsAllDataRequested: true } span)
        {
            return;
        }

        // A saga's queue has many messages.
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
