using Microsoft.Extensions.Logging;
using Monarch.Bridge.Status;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Api;

/// <summary>Gives a person's command to a migration, for the API and the pages.</summary>
sealed class MigrationCommands(IStatusStore store, CommandSender sender, TimeProvider time, ILogger<CommandSender> logger)
{
    /// <returns>Whether the command was sent; if not, nothing was done.</returns>
    public async Task<CommandOutcome> SendAsync(InterventionKind kind, Guid id, string? reason, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } batch)
        {
            return new(CommandStatus.NoSuchMigration, "There is no such migration.", "");
        }

        if (kind.Obstacle(batch) is { } obstacle)
        {
            return new(CommandStatus.Impossible, $"The migration cannot be {kind.Participle()} now.", obstacle);
        }

        // A saga that does not exist yet would never receive the command.
        if (batch.Status == BatchStatus.Queued)
        {
            return new(
                CommandStatus.Later,
                "No worker has started the migration.",
                "The command was not sent. Send it again when a worker has started it, which takes a moment where workers run."
            );
        }

        if (!await sender.TrySendAsync(kind.Command(id, reason, time.GetUtcNow())))
        {
            return new(
                CommandStatus.Later,
                "The message broker cannot be reached.",
                "Check the migration later, and send the command again if it did not arrive: commands are idempotent."
            );
        }

        logger.CommandSent(kind, id, reason);
        return new(CommandStatus.Sent, "", "");
    }
}

/// <summary>What became of a command.</summary>
/// <param name="Status">Whether it was sent.</param>
/// <param name="Title">What happened, when it was not sent.</param>
/// <param name="Detail">The cause and the remedy.</param>
sealed record CommandOutcome(CommandStatus Status, string Title, string Detail);

/// <summary>Whether a command was sent.</summary>
enum CommandStatus
{
    /// <summary>It is on its way to the migration.</summary>
    Sent,

    /// <summary>The migration is not known.</summary>
    NoSuchMigration,

    /// <summary>The migration's state does not allow it.</summary>
    Impossible,

    /// <summary>It may be possible later.</summary>
    Later,
}
