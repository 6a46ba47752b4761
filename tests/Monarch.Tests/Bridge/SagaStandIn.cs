using System.Collections.Concurrent;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

/// <summary>Takes requests in the place of the batch saga, and says nothing unless told to.</summary>
sealed class SagaStandIn
{
    readonly ConcurrentQueue<(Guid? MessageId, MigrateIssues Request)> _received = [];

    public IReadOnlyList<(Guid? MessageId, MigrateIssues Request)> Received => [.. _received];

    public IReadOnlyList<Guid> Batches => [.. Received.Select(received => received.Request.BatchId).Distinct()];

    /// <summary>Whether it answers that the batch is saved.</summary>
    public bool Accepts { get; set; }

    public void Note(Guid? messageId, MigrateIssues request) => _received.Enqueue((messageId, request));
}
