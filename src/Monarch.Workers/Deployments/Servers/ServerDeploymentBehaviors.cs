using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Monarch.Redis.Sagas;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Settings;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>The verbs of <see cref="ServerDeploymentStateMachine"/>.</summary>
sealed partial class ServerDeploymentBehaviors(
    BackoffPolicy backoff,
    DeploymentServers servers,
    DeploymentCommand command,
    IDeploymentLeases leases,
    DeploymentInstruments instruments,
    IOptions<DeploymentOptions> options,
    ILogger<ServerDeploymentBehaviors> logger
)
{
    /// <summary>
    /// The tolerated difference between the clocks of a tracker and Monarch: a move shortly before a deployment is deployed again rather
    /// than lost.
    /// </summary>
    static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>How long moves are remembered: longer than any tracker redelivers them.</summary>
    static readonly TimeSpan MoveMemory = TimeSpan.FromHours(24);

    /// <summary>How long after the end of its lease an interrupted deployment is run again.</summary>
    static readonly TimeSpan RerunDelay = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after the end of a deployment or hold the state is published again: the process may have died before publishing it, and a
    /// redelivery of the message that ended it is ignored.
    /// </summary>
    static readonly TimeSpan PublishAgainAfter = TimeSpan.FromSeconds(5);

    static readonly TimeSpan PreparedCheck = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestRetryDelay = TimeSpan.FromHours(1);

    const int EndedKept = 10;

    // A script that deploys one server after the other may report one that was prepared hours ago.
    const int WithdrawnKept = 50;
    const int CommandsKept = 20;

    /// <summary>Handles a due deployment, retry or end of a hold.</summary>
    public Task WakeUp(BehaviorContext<ServerDeploymentState, WakeServer> context)
    {
        var saga = context.Saga;
        // The wake-up is due by the clock of its sender, which may be ahead of this one.
        var now = context.Message.IsRestart || context.Message.DueAt < backoff.Now ? backoff.Now : context.Message.DueAt;
        var holdEnds = saga.Hold?.Until <= now;
        if (holdEnds)
        {
            saga.Hold = null;
        }

        return !saga.IsPaused() && DueAt(saga) <= now ? BeginAsync(context) : NextAsync(context, [], again: holdEnds);
    }

    /// <returns>When the server is due; null when no deployment is needed.</returns>
    DateTimeOffset? DueAt(ServerDeploymentState saga)
    {
        // Issues that were prepared before USHER_RUN was switched on are deployed too.
        var issues = options.Value.Run && !saga.IsDeploying ? saga.Issues : [.. saga.Uncovered()];
        if (issues.Count == 0)
        {
            return null;
        }

        var quiet = issues.Max(issue => issue.RequeuedAt) + options.Value.Quiet;
        var longest = issues.Min(issue => issue.QueuedAt) + options.Value.MaxWait;
        var due = quiet < longest ? quiet : longest;
        due = saga.NotBefore > due ? saga.NotBefore.Value : due;
        // A time further ahead than the maximum wait was written by a clock that was ahead.
        return due - backoff.Now > options.Value.MaxWait + LongestRetryDelay ? backoff.Now : due;
    }

    /// <summary>Sets the next wake-up of a server whose deployment does not run, and publishes its state.</summary>
    Task NextAsync<T>(BehaviorContext<ServerDeploymentState, T> context, IReadOnlyList<string> saved, bool again = false)
        where T : class
    {
        var saga = context.Saga;
        saga.Known.RemoveAll(move =>
            backoff.Now - (move.DeployedAt > move.MovedAt ? move.DeployedAt.Value : move.MovedAt) > MoveMemory
            && !saga.Issues.Exists(issue => issue.Number == move.Number)
        );
        if (!saga.IsDeploying)
        {
            saga.WakeAt = backoff.Capped(saga.IsPaused() ? saga.Hold?.Until : DueAt(saga));
            if (saga.Deployment is not null && saga.WakeAt is null)
            {
                // Detects that USHER_RUN was switched on.
                saga.WakeAt = backoff.After(PreparedCheck);
            }

            if (again && backoff.After(PublishAgainAfter) is var soon && (saga.WakeAt is null || saga.WakeAt > soon))
            {
                saga.WakeAt = soon;
            }
        }

        // Issues that are queued after an idle time belong to the trace of their first move.
        if (saga.EndedAt is not null)
        {
            saga.TraceParent = TraceParent.Keep();
        }

        saga.EndedAt = saga.Issues.Count == 0 && !saga.IsPaused() && !saga.IsDeploying ? backoff.Now : null;
        saga.ProgressVersion = Math.Max(saga.ProgressVersion + 1, backoff.Now.ToUnixTimeMilliseconds());
        return context.Publish(Progress(saga, saved));
    }

    ServerProgressed Progress(ServerDeploymentState saga, IReadOnlyList<string> saved) =>
        new()
        {
            ServerId = saga.CorrelationId,
            Version = saga.ProgressVersion,
            Server = NameOf(saga),
            Project = saga.Project,
            Status = saga.Status,
            State = StateOf(saga),
            ChangedAt = backoff.Now,
            Issues = saga.Issues,
            DueAt = saga.IsDeploying || saga.IsPaused() ? null : DueAt(saga),
            Hold = saga.Hold,
            Pause = saga.Pause,
            Deployment = saga.Deployment,
            Ended = saga.Ended,
            Withdrawn = saga.Withdrawn,
            Commands = saga.Commands,
            SavedIntakeIds = saved,
        };

    static ServerStatus StateOf(ServerDeploymentState saga) =>
        saga switch
        {
            { IsDeploying: true } => saga.Deployment!.StartedAt is null ? ServerStatus.Waiting : ServerStatus.Deploying,
            _ when saga.IsPaused() => ServerStatus.Paused,
            { Issues.Count: 0 } => ServerStatus.Idle,
            { Deployment: not null } when !saga.Uncovered().Any() => ServerStatus.Prepared,
            { Failures: > 0 } => ServerStatus.Retrying,
            _ => ServerStatus.Settling,
        };

    string NameOf(ServerDeploymentState saga) => servers.NameOf(saga.Project, saga.Status);

    string CommandText(ServerDeploymentState saga, IReadOnlyList<DeployedIssue>? issues = null) =>
        command.Text(NameOf(saga), saga.Project, saga.Status, [.. (issues ?? All(saga)).Select(issue => issue.Number)]);

    static List<DeployedIssue> All(ServerDeploymentState saga) =>
        [.. saga.Issues.Select(issue => new DeployedIssue { Number = issue.Number, MovedAt = issue.MovedAt })];
}
