using System.Diagnostics.Metrics;

namespace Monarch.Bridge.Deployments;

/// <summary>What the bridge part of Usher counts.</summary>
sealed class UsherInstruments
{
    readonly Counter<long> _received;

    public UsherInstruments(IMeterFactory meters) => _received = meters.Create("Monarch").CreateCounter<long>(
        "monarch.usher.moves.received", "{move}", "Messages and deliveries that report a move: queued, repeated, ignored or refused.");

    /// <param name="source">api or jira.</param>
    /// <param name="result">What became of it.</param>
    public void Received(string source, MoveResult result) =>
        _received.Add(1, new("source", source), new("result", result.ToString().ToLowerInvariant()));
}

/// <summary>What became of a reported move.</summary>
enum MoveResult
{
    /// <summary>It is in the stream.</summary>
    Queued,

    /// <summary>The same delivery had come before.</summary>
    Duplicate,

    /// <summary>It is none that Usher deploys.</summary>
    Ignored,

    /// <summary>It cannot be read, or its sender is not known.</summary>
    Refused,
}
