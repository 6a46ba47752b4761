namespace Monarch.Redis;

/// <summary>
/// A saga that keeps the trace which its work belongs to, over waits and restarts. Implement <see cref="TraceTags"/> explicitly: it is no state.
/// </summary>
public interface ITracedSaga
{
    /// <summary>
    /// The parent of the spans of everything that the saga sends: the span of the message that began its present run, as a
    /// <c>traceparent</c>. Null means that it has none yet; the next message's is taken.
    /// </summary>
    string? TraceParent { get; set; }

    /// <summary>What every span of its work is tagged with.</summary>
    IReadOnlyDictionary<string, string> TraceTags { get; }
}
