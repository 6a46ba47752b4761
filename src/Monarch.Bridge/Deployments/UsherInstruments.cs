using System.Diagnostics.Metrics;

namespace Monarch.Bridge.Deployments;

/// <summary>The metrics of the bridge part of Usher.</summary>
sealed class UsherInstruments
{
    readonly Counter<long> _received;

    public UsherInstruments(IMeterFactory meters) =>
        _received = meters
            .Create("Monarch")
            .CreateCounter<long>(
                "monarch.usher.moves.received",
                "{move}",
                "Messages and deliveries that report a move: queued, repeated, ignored or refused."
            );

    /// <param name="source">api or jira.</param>
    /// <param name="result">The result.</param>
    public void Received(string source, MoveResult result) =>
        _received.Add(1, new("source", source), new("result", result.ToString().ToLowerInvariant()));
}

/// <summary>The result of a reported move.</summary>
enum MoveResult
{
    /// <summary>It is in the stream.</summary>
    Queued,

    /// <summary>The same delivery was received before.</summary>
    Duplicate,

    /// <summary>It is not a move that Usher deploys.</summary>
    Ignored,

    /// <summary>It cannot be read, or its sender is not known.</summary>
    Refused,
}
