namespace Monarch.Redis.Sagas;

/// <summary>
/// A saga that stores its trace, across waits and restarts. Implement <see cref="TraceTags"/> explicitly: it is not part of the state.
/// </summary>
public interface ITracedSaga
{
    /// <summary>
    /// The parent of the spans of the saga's messages: the span of the message that started its current run, as a <c>traceparent</c>. Null
    /// means that it has none yet; the trace of the next message is used.
    /// </summary>
    string? TraceParent { get; set; }

    /// <summary>The tags of every span of its work.</summary>
    IReadOnlyDictionary<string, string> TraceTags { get; }
}
