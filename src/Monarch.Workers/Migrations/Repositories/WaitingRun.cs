using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>A batch's run that waits for the pair, and what it wants of it.</summary>
sealed class WaitingRun
{
    public Guid BatchId { get; set; }

    public Guid RunId { get; set; }

    public Directive Directive { get; set; }

    /// <summary>The version of the batch that said so.</summary>
    public int BatchVersion { get; set; }

    public static WaitingRun From(MigrateRepository request) => new()
    {
        BatchId = request.BatchId,
        RunId = request.RunId,
        Directive = request.Directive,
        BatchVersion = request.BatchVersion,
    };
}
