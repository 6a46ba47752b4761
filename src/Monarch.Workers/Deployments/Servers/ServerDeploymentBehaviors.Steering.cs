using System.Globalization;
using MassTransit;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>The commands of people and scripts.</summary>
sealed partial class ServerDeploymentBehaviors
{
    public async Task Steer(BehaviorContext<ServerDeploymentState, SteerServer> context)
    {
        var (saga, given) = (context.Saga, context.Message);
        (saga.Project, saga.Status) = (given.Project, given.Status);
        if (saga.Commands.Exists(earlier => earlier.CommandId == given.CommandId))
        {
            await NextAsync(context, []);
            return;
        }

        var (refusal, removed) = given.Kind switch
        {
            SteeringKind.Deploy => (Deploy(saga), null),
            SteeringKind.Hold => (Hold(saga, given), null),
            SteeringKind.Resume => (Resume(saga), null),
            SteeringKind.Cancel => (CannotCancel(saga, given), null),
            SteeringKind.Drop => (null, Drop(saga, given)),
            _ => Report(saga, given),
        };
        var record = new SteeringRecord
        {
            CommandId = given.CommandId,
            Kind = given.Kind,
            Actor = given.Actor,
            Reason = given.Reason,
            At = given.RequestedAt,
            Refusal = refusal,
            Removed = removed,
        };
        saga.Commands = [record, .. saga.Commands.Take(CommandsKept - 1)];
        if (refusal is null)
        {
            logger.ServerSteered(NameOf(saga), given.Kind, given.Actor, given.Reason ?? "none given");
        }
        else
        {
            logger.SteeringRefused(NameOf(saga), given.Kind, given.Actor, refusal);
        }

        if (refusal is null && given.Kind == SteeringKind.Cancel)
        {
            await CancelAsync(context);
        }

        await (refusal is null && given.Kind == SteeringKind.Deploy ? BeginAsync(context) : NextAsync(context, []));
    }

    string? Deploy(ServerDeploymentState saga)
    {
        if (saga.IsDeploying)
        {
            return "Its deployment already runs or waits to run. Issues that are moved meanwhile are deployed after it.";
        }

        if (saga.Hold is { } hold)
        {
            return $"{hold.Actor} holds it{Because(hold.Reason)}. Resume it first.";
        }

        if (saga.Issues.Count == 0)
        {
            return "Nothing is queued for it.";
        }

        (saga.Pause, saga.Failures) = (null, 0);
        return null;
    }

    string? Hold(ServerDeploymentState saga, SteerServer given)
    {
        // A duration is measured by the clock that ends the hold.
        var until = given.HoldFor is { } length ? backoff.After(length) : given.Until;
        if (until <= backoff.Now)
        {
            return "The hold would have ended already, at "
                + $"{until.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.";
        }

        saga.Hold = new()
        {
            Reason = given.Reason,
            Actor = given.Actor,
            Since = backoff.Now,
            Until = until,
        };
        return null;
    }

    static string? Resume(ServerDeploymentState saga)
    {
        if (!saga.IsPaused())
        {
            return "It is not paused.";
        }

        (saga.Hold, saga.Pause, saga.Failures) = (null, null, 0);
        return null;
    }

    static string? CannotCancel(ServerDeploymentState saga, SteerServer given) =>
        !saga.IsDeploying ? "Monarch runs no deployment of it."
        : given.DeploymentId is { } id && !saga.Runs(id) ? "That deployment has ended; another one runs."
        : null;

    async Task CancelAsync(BehaviorContext<ServerDeploymentState, SteerServer> context)
    {
        var (saga, deployment) = (context.Saga, context.Saga.Deployment!);
        // The command may end before the runner receives the cancellation, or have ended already: it is not retried in either case.
        saga.Cancelled = deployment.DeploymentId;
        if (!await leases.CancelAsync(saga.CorrelationId, deployment.DeploymentId, deployment.Number, context.CancellationToken))
        {
            var state = await leases.ReadAsync(saga.CorrelationId, deployment.DeploymentId, context.CancellationToken);
            Complete(saga, state.Result ?? Leases.LeaseTimes.Cancelled(saga.CorrelationId, deployment.DeploymentId, backoff.Now));
        }
    }

    int Drop(ServerDeploymentState saga, SteerServer given)
    {
        var removed = saga.Issues.RemoveAll(issue => given.Issues?.Contains(issue.Number) ?? true);
        if (
            saga is { Deployment: { } prepared, IsDeploying: false }
            && !prepared.Issues.Any(deployed => saga.Issues.Exists(issue => issue.Number == deployed.Number))
        )
        {
            Withdraw(saga);
        }

        return removed;
    }

    (string? Refusal, int? Removed) Report(ServerDeploymentState saga, SteerServer given)
    {
        if (saga.IsDeploying && given.DeploymentId is { } running && saga.Runs(running))
        {
            return ("Monarch runs this deployment itself and detects its end.", null);
        }

        var reported = saga.Runs(given.DeploymentId ?? Guid.Empty)
            ? saga.Deployment
            : saga.Withdrawn.Find(withdrawn => withdrawn.DeploymentId == given.DeploymentId);
        if (reported is null)
        {
            return ("It is not prepared: its result was reported before, or too many later deployments have ended since.", null);
        }

        if (reported == saga.Deployment)
        {
            saga.Deployment = null;
        }

        var before = saga.Issues.Count;
        Complete(
            saga,
            reported with
            {
                EndedAt = backoff.Now,
                Outcome = given.Kind == SteeringKind.ReportSucceeded ? DeploymentOutcome.Succeeded : DeploymentOutcome.Failed,
                Reason = given.Kind == SteeringKind.ReportSucceeded ? null : given.Reason ?? $"{given.Actor} reported that it failed.",
            }
        );
        if (saga is { Deployment: not null, IsDeploying: false } && saga.Issues.Count < before)
        {
            // The prepared command includes deployed issues; it is prepared again without them.
            Withdraw(saga);
        }

        return (null, before - saga.Issues.Count);
    }

    static string Because(string? reason) => reason is null ? "" : $": {reason}";
}
