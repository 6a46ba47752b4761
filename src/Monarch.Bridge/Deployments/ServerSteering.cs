using Monarch.Bridge.Api;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Sends a command of a person or a script to the saga of a server, and waits for the result.</summary>
sealed class ServerSteering(CommandSender sender, IServerViews views)
{
    public async Task<SteeringAnswer> SteerAsync(SteerServer command, BriefWait wait, CancellationToken cancellationToken)
    {
        if (!await sender.TrySendAsync(command, EndpointNames.ServerDeployment))
        {
            return new(SteeringOutcome.NotSent);
        }

        return await wait.UntilAsync(
                async () =>
                    await views.FindAsync(command.ServerId, cancellationToken) is { } view
                    && view.Commands.FirstOrDefault(given => given.CommandId == command.CommandId) is { } record
                        ? new SteeringAnswer(record.Refusal is null ? SteeringOutcome.Done : SteeringOutcome.Refused, view, record)
                        : null,
                cancellationToken
            ) ?? new(SteeringOutcome.Unanswered);
    }
}

/// <summary>The result of a command.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="View">The server after it; null when unknown.</param>
/// <param name="Record">The saga's record of it; null when unknown.</param>
sealed record SteeringAnswer(SteeringOutcome Outcome, ServerProgressed? View = null, SteeringRecord? Record = null);

/// <summary>The outcome of a command.</summary>
enum SteeringOutcome
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>It was not sent, or the result is unknown.</summary>
    NotSent,

    /// <summary>No answer arrived in time; it may still be carried out.</summary>
    Unanswered,
}
