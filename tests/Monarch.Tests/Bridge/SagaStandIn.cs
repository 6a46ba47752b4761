using System.Collections.Concurrent;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

/// <summary>Replaces the migration's saga, and answers only when configured to.</summary>
sealed class SagaStandIn
{
    readonly ConcurrentQueue<(Guid? MessageId, MigrateIssues Request)> _received = [];
    readonly ConcurrentQueue<object> _commands = [];

    public IReadOnlyList<(Guid? MessageId, MigrateIssues Request)> Received => [.. _received];

    /// <summary>The commands to a migration.</summary>
    public IReadOnlyList<object> Commands => [.. _commands];

    public IReadOnlyList<Guid> Batches => [.. Received.Select(received => received.Request.BatchId).Distinct()];

    /// <summary>Whether it confirms that the migration is saved.</summary>
    public bool Accepts { get; set; }

    public void Note(object command) => _commands.Enqueue(command);

    public void Note(Guid? messageId, MigrateIssues request) => _received.Enqueue((messageId, request));
}
