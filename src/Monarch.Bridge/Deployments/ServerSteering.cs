using Monarch.Bridge.Commands;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Sends what a person or a script wants to the saga of a server, and waits for what becomes of it.</summary>
sealed class ServerSteering(CommandSender sender, IServerViews views)
{
    public async Task<SteeringAnswer> SteerAsync(SteerServer command, BriefWait wait, CancellationToken cancellationToken)
    {
        if (!await sender.TrySendAsync(command, EndpointNames.ServerDeployment))
        {
            return new(SteeringOutcome.NotSent);
        }

        return await wait.UntilAsync(
            async () => await views.FindAsync(command.ServerId, cancellationToken) is { } view
                && view.Commands.FirstOrDefault(given => given.CommandId == command.CommandId) is { } record
                ? new SteeringAnswer(record.Refusal is null ? SteeringOutcome.Done : SteeringOutcome.Refused, view, record)
                : null,
            cancellationToken) ?? new(SteeringOutcome.Unanswered);
    }
}

/// <summary>What became of a command.</summary>
/// <param name="Outcome">In short.</param>
/// <param name="View">The server after it; null when it is not known to have arrived.</param>
/// <param name="Record">The saga's note of it; null likewise.</param>
sealed record SteeringAnswer(SteeringOutcome Outcome, ServerProgressed? View = null, SteeringRecord? Record = null);

/// <summary>What became of a command, in short.</summary>
enum SteeringOutcome
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>It was not sent, or it is not known whether it was.</summary>
    NotSent,

    /// <summary>Nothing came back in time; it may still be carried out.</summary>
    Unanswered,
}
