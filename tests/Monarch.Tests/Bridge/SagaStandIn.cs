using System.Collections.Concurrent;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

/// <summary>Takes requests in the place of the batch saga, and says nothing unless told to.</summary>
sealed class SagaStandIn
{
    readonly ConcurrentQueue<(Guid? MessageId, MigrateIssues Request)> _received = [];
    readonly ConcurrentQueue<object> _commands = [];

    public IReadOnlyList<(Guid? MessageId, MigrateIssues Request)> Received => [.. _received];

    /// <summary>What people wanted of a batch.</summary>
    public IReadOnlyList<object> Commands => [.. _commands];

    public IReadOnlyList<Guid> Batches => [.. Received.Select(received => received.Request.BatchId).Distinct()];

    /// <summary>Whether it answers that the batch is saved.</summary>
    public bool Accepts { get; set; }

    public void Note(object command) => _commands.Enqueue(command);

    public void Note(Guid? messageId, MigrateIssues request) => _received.Enqueue((messageId, request));
}
