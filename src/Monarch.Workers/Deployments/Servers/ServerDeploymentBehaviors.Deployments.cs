using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>The course of a deployment, from the decision to its end.</summary>
sealed partial class ServerDeploymentBehaviors
{
    public Task RecordStarted(BehaviorContext<ServerDeploymentState, DeploymentStarted> context)
    {
        var saga = context.Saga;
        // Also when the start was read from the lease, which does not contain the issues.
        RecordStart(saga, context.Message.StartedAt, context.Message.Issues);
        return NextAsync(context, []);
    }

    /// <summary>Waits for a lease. Issues that are moved meanwhile are included when the command is sent again.</summary>
    public Task RecordDeferred(BehaviorContext<ServerDeploymentState, DeploymentDeferred> context)
    {
        var saga = context.Saga;
        if (saga.Deployment!.StartedAt is null)
        {
            (saga.WakeAt, saga.Resent) = (backoff.After(LeaseTimes.RetryAfter(options.Value)), 0);
        }

        return Task.CompletedTask;
    }

    public Task RecordEnded(BehaviorContext<ServerDeploymentState, DeploymentEnded> context)
    {
        Complete(context.Saga, context.Message);
        return NextAsync(context, [], again: true);
    }

    /// <summary>Reads the state of the deployment from its lease: a message may be lost, or the runner may have died.</summary>
    public async Task CheckDeployment(BehaviorContext<ServerDeploymentState, WakeServer> context)
    {
        var (saga, deployment) = (context.Saga, context.Saga.Deployment!);
        var state = await leases.ReadAsync(saga.CorrelationId, deployment.DeploymentId, context.CancellationToken);
        if (state.Result is { } result)
        {
            Complete(saga, result);
        }
        else if (state.StartedAt is { } startedAt)
        {
            if (deployment.StartedAt is null)
            {
                RecordStart(saga, startedAt, deployment.Issues);
            }

            saga.WakeAt = backoff.After(options.Value.Lease);
        }
        else if (deployment.StartedAt is { } recordedStart)
        {
            // Redis has lost the lease of a deployment that had started.
            await leases.CancelAsync(saga.CorrelationId, deployment.DeploymentId, deployment.Number, context.CancellationToken);
            Complete(saga, LeaseTimes.Interrupted(saga.CorrelationId, deployment.DeploymentId, recordedStart, backoff.Now));
        }
        else if (saga.Issues.Count == 0 || !options.Value.Run)
        {
            // The issues were dropped while the deployment waited, or Monarch no longer runs commands.
            if (await leases.CancelAsync(saga.CorrelationId, deployment.DeploymentId, deployment.Number, context.CancellationToken))
            {
                saga.WakeAt = backoff.After(options.Value.Lease);
            }
            else
            {
                Withdraw(saga);
            }
        }
        else
        {
            saga.Deployment = deployment with { Issues = All(saga), Command = CommandText(saga) };
            saga.WakeAt = backoff.StallCheck(saga.Resent++);
            await SendAsync(context);
        }

        await NextAsync(context, [], again: true);
    }

    async Task BeginAsync<T>(BehaviorContext<ServerDeploymentState, T> context)
        where T : class
    {
        var saga = context.Saga;
        if (saga.Deployment is not null)
        {
            Withdraw(saga);
        }

        saga.Deployment = new()
        {
            DeploymentId = NewId.NextGuid(),
            // Not counted from 1, because a saga may expire before the lease of its last deployment.
            Number = saga.LastNumber =
                Math.Max(saga.LastNumber + 1, backoff.Now.ToUnixTimeMilliseconds()),
            Issues = All(saga),
            RequestedAt = backoff.Now,
            Command = CommandText(saga),
        };
        (saga.NotBefore, saga.Resent, saga.IsDeploying) = (null, 0, options.Value.Run);
        if (saga.IsDeploying)
        {
            saga.WakeAt = backoff.StallCheck(0);
            await SendAsync(context);
        }

        logger.DeploymentDecided(
            NameOf(saga),
            saga.Deployment.DeploymentId,
            saga.Deployment.Issues.Count,
            saga.IsDeploying ? "requested" : "prepared"
        );
        await NextAsync(context, []);
    }

    void RecordStart(ServerDeploymentState saga, DateTimeOffset startedAt, IReadOnlyList<DeployedIssue> issues)
    {
        var isFirst = saga.Deployment!.StartedAt is null;
        saga.Deployment = saga.Deployment with { StartedAt = startedAt, Issues = issues, Command = CommandText(saga, issues) };
        saga.WakeAt = backoff.After(options.Value.Lease);
        if (
            isFirst
            && saga.Issues.Where(saga.IsCovered).Select(issue => (DateTimeOffset?)issue.QueuedAt).Min() is { } first
            && startedAt > first
        )
        {
            instruments.Wait.Record((startedAt - first).TotalSeconds);
        }
    }

    void Complete(ServerDeploymentState saga, DeploymentEnded ended)
    {
        var deployment = saga.Deployment! with
        {
            StartedAt = saga.Deployment.StartedAt ?? ended.StartedAt,
            Issues = ended.Issues.Count > 0 ? ended.Issues : saga.Deployment.Issues,
        };
        (saga.Deployment, saga.IsDeploying, saga.WakeAt) = (null, false, null);
        Complete(
            saga,
            deployment with
            {
                EndedAt = ended.EndedAt,
                Outcome = ended.Outcome,
                ExitCode = ended.ExitCode,
                Reason = ended.Reason,
                Output = ended.Output,
            }
        );
    }

    void Complete(ServerDeploymentState saga, DeploymentRecord ended)
    {
        saga.Withdrawn.RemoveAll(other => other.DeploymentId == ended.DeploymentId);
        saga.Ended = [ended, .. saga.Ended.Take(EndedKept - 1).Select(older => older with { Output = [] })];
        instruments.Ended(ended);
        logger.DeploymentEnded(NameOf(saga), ended.DeploymentId, ended.Outcome!.Value, ended.Reason is null ? "" : $": {ended.Reason}");
        switch (ended.Outcome)
        {
            case DeploymentOutcome.Succeeded:
                saga.Failures = 0;
                Remove(saga, ended);
                break;
            case DeploymentOutcome.Failed or DeploymentOutcome.Interrupted when saga.Cancelled == ended.DeploymentId:
                PauseAsCancelled(saga);
                break;
            case DeploymentOutcome.Failed when saga.Failures < options.Value.Retries:
                var delay = options.Value.RetryDelay * Math.Pow(2, Math.Min(saga.Failures++, 20));
                saga.NotBefore = backoff.After(delay < LongestRetryDelay ? delay : LongestRetryDelay);
                break;
            case DeploymentOutcome.Interrupted when options.Value.Rerun:
                saga.NotBefore = backoff.After(RerunDelay);
                break;
            case DeploymentOutcome.Failed:
                PauseAfter(saga, PauseKind.Failed, ended.Reason, null);
                break;
            case DeploymentOutcome.Interrupted:
                PauseAfter(saga, PauseKind.Interrupted, ended.Reason, null);
                break;
            default:
                PauseAsCancelled(saga);
                break;
        }
    }

    // Issues that were moved again since stay queued, even if they had been dropped in between.
    static void Remove(ServerDeploymentState saga, DeploymentRecord succeeded)
    {
        var startedAt = succeeded.StartedAt ?? succeeded.RequestedAt;
        foreach (var deployed in succeeded.Issues)
        {
            saga.Issues.RemoveAll(issue =>
                issue.Number == deployed.Number && (issue.MovedAt <= deployed.MovedAt || issue.MovedAt < startedAt - ClockTolerance)
            );
            if (saga.Known.Find(move => move.Number == deployed.Number) is { } known && !(known.DeployedAt > startedAt))
            {
                known.DeployedAt = startedAt;
            }
        }
    }

    void PauseAsCancelled(ServerDeploymentState saga)
    {
        var cancel = saga.Commands.Find(given => given is { Kind: SteeringKind.Cancel, Refusal: null });
        PauseAfter(saga, PauseKind.Cancelled, cancel?.Reason, cancel?.Actor);
    }

    void PauseAfter(ServerDeploymentState saga, PauseKind kind, string? reason, string? actor)
    {
        saga.Failures = 0;
        saga.Pause = new()
        {
            Kind = kind,
            Reason = reason,
            Actor = actor,
            Since = backoff.Now,
        };
    }

    void Withdraw(ServerDeploymentState saga)
    {
        var withdrawn = saga.Deployment! with { Outcome = DeploymentOutcome.Withdrawn, EndedAt = backoff.Now, Command = null };
        saga.Withdrawn = [withdrawn, .. saga.Withdrawn.Take(WithdrawnKept - 1).Where(older => backoff.Now - older.EndedAt < MoveMemory)];
        (saga.Deployment, saga.IsDeploying, saga.WakeAt) = (null, false, null);
    }

    Task SendAsync<T>(BehaviorContext<ServerDeploymentState, T> context)
        where T : class =>
        context.Send(
            EndpointNames.Address(EndpointNames.RunDeployment),
            new RunDeployment
            {
                ServerId = context.Saga.CorrelationId,
                DeploymentId = context.Saga.Deployment!.DeploymentId,
                Number = context.Saga.Deployment.Number,
                Project = context.Saga.Project,
                Status = context.Saga.Status,
                Issues = context.Saga.Deployment.Issues,
            }
        );
}
