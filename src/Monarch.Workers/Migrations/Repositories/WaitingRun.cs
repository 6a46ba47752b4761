using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>A run that waits for the repository migration, with its directive.</summary>
sealed class WaitingRun
{
    public Guid BatchId { get; set; }

    public Guid RunId { get; set; }

    public Directive Directive { get; set; }

    /// <summary>The version of the migration's event that carried the directive.</summary>
    public int BatchVersion { get; set; }

    public static WaitingRun From(MigrateRepository request) =>
        new()
        {
            BatchId = request.BatchId,
            RunId = request.RunId,
            Directive = request.Directive,
            BatchVersion = request.BatchVersion,
        };
}
