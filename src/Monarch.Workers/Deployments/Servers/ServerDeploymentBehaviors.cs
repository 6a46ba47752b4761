using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Migrations;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>The verbs of <see cref="ServerDeploymentStateMachine"/>.</summary>
sealed partial class ServerDeploymentBehaviors(
    Patience patience,
    DeploymentServers servers,
    DeploymentCommand command,
    IDeploymentLeases leases,
    DeploymentInstruments instruments,
    IOptions<DeploymentOptions> options,
    ILogger<ServerDeploymentBehaviors> logger)
{
    /// <summary>By how much the clocks of a tracker and of Monarch may differ: a move this short before a deployment is deployed again rather than forgotten.</summary>
    static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>How long moves are remembered: longer than any tracker delivers one again.</summary>
    static readonly TimeSpan MoveMemory = TimeSpan.FromHours(24);

    /// <summary>How long after the end of a lost deployment's lease it may be run again.</summary>
    static readonly TimeSpan RerunDelay = TimeSpan.FromSeconds(60);

    static readonly TimeSpan PreparedCheck = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestRetryDelay = TimeSpan.FromHours(1);

    const int EndedKept = 10;
    // A script that deploys one server after the other may report one that was prepared hours ago.
    const int WithdrawnKept = 50;
    const int CommandsKept = 20;

    /// <exception cref="ArgumentException">The id is not one of an issue.</exception>
    public static Guid ServerOf(IssueMoved move) => ServerId.Of(Read(move).Project, move.Status);

    public Task Queue(BehaviorContext<ServerDeploymentState, QueueIssues> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        (saga.Project, saga.Status) = (message.Project, message.Status);
        Take(saga, message.Moves.OrderBy(move => move.MovedAt).Select(move => (move.Number, move.MovedAt)));
        return NextAsync(context, [.. message.Moves.Select(move => move.IntakeId)]);
    }

    public Task Queue(BehaviorContext<ServerDeploymentState, IssueMoved> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        (saga.Project, var number) = Read(message);
        saga.Status = message.Status;
        Take(saga, [(number, message.MovedAt)]);
        return NextAsync(context, []);
    }

    /// <summary>The time for a deployment, for the end of a pause, or for a retry has come.</summary>
    public Task WakeUp(BehaviorContext<ServerDeploymentState, WakeServer> context)
    {
        var saga = context.Saga;
        // The wake-up's time has come by the clock that sent it, which may be ahead of this one.
        var now = context.Message.IsRestart || context.Message.DueAt < patience.Now ? patience.Now : context.Message.DueAt;
        if (saga.Hold?.Until <= now)
        {
            saga.Hold = null;
        }

        return !saga.IsPaused() && DueAt(saga) <= now ? BeginAsync(context) : NextAsync(context, []);
    }

    public Task NoteStarted(BehaviorContext<ServerDeploymentState, DeploymentStarted> context)
    {
        var saga = context.Saga;
        // Also when its start was found in the lease, which does not say what the command was given.
        NoteBegun(saga, context.Message.StartedAt, context.Message.Issues);
        return NextAsync(context, []);
    }

    /// <summary>All places are taken. Issues that are moved meanwhile are deployed too, so the command is made again when it is sent again.</summary>
    public Task NoteDeferred(BehaviorContext<ServerDeploymentState, DeploymentDeferred> context)
    {
        var saga = context.Saga;
        if (saga.Deployment!.StartedAt is null)
        {
            (saga.WakeAt, saga.Resent) = (patience.In(LeaseTimes.AskAgainAfter(options.Value)), 0);
        }

        return Task.CompletedTask;
    }

    public Task NoteEnded(BehaviorContext<ServerDeploymentState, DeploymentEnded> context)
    {
        Complete(context.Saga, context.Message);
        return NextAsync(context, []);
    }

    /// <summary>Finds out what became of the deployment when nothing is heard of it: its message may be lost, its runner dead.</summary>
    public async Task LookAfterDeployment(BehaviorContext<ServerDeploymentState, WakeServer> context)
    {
        var (saga, deployment) = (context.Saga, context.Saga.Deployment!);
        var state = await leases.LookAsync(saga.CorrelationId, deployment.DeploymentId, context.CancellationToken);
        if (state.Result is { } result)
        {
            Complete(saga, result);
        }
        else if (state.StartedAt is { } startedAt)
        {
            if (deployment.StartedAt is null)
            {
                NoteBegun(saga, startedAt, deployment.Issues);
            }

            saga.WakeAt = patience.In(options.Value.Lease);
        }
        else if (deployment.StartedAt is { } begunAt)
        {
            // Redis has forgotten the lease of a deployment that had begun.
            await leases.CancelAsync(saga.CorrelationId, deployment.DeploymentId, deployment.Number, context.CancellationToken);
            Complete(saga, LeaseTimes.Interrupted(saga.CorrelationId, deployment.DeploymentId, begunAt, patience.Now));
        }
        else if (saga.Issues.Count == 0 || !options.Value.Run)
        {
            // A person has removed them while they waited, or Monarch does not run commands any more.
            if (await leases.CancelAsync(saga.CorrelationId, deployment.DeploymentId, deployment.Number, context.CancellationToken))
            {
                saga.WakeAt = patience.In(options.Value.Lease);
            }
            else
            {
                Withdraw(saga);
            }
        }
        else
        {
            saga.Deployment = deployment with { Issues = All(saga), Command = CommandText(saga) };
            saga.WakeAt = patience.StallCheck(saga.Resent++);
            await SendAsync(context);
        }

        await NextAsync(context, []);
    }

    static (string Project, int Number) Read(IssueMoved move) =>
        IssueId.TryParse(move.IssueId, out var project, out var number)
            ? (project, number)
            : throw new ArgumentException($"'{move.IssueId}' is not the id of an issue: {nameof(IssueMoved)}.{nameof(IssueMoved.IssueId)} must be PROJECT-NUMBER, such as ABC-123.");

    void Take(ServerDeploymentState saga, IEnumerable<(int Number, DateTimeOffset MovedAt)> moves)
    {
        var queued = new SortedSet<int>();
        foreach (var (number, movedAt) in moves)
        {
            var result = Take(saga, number, movedAt);
            instruments.Took(result);
            if (result == MoveResult.Queued)
            {
                queued.Add(number);
            }
        }

        saga.Issues.Sort((one, other) => one.Number.CompareTo(other.Number));
        if (queued.Count > 0)
        {
            logger.IssuesQueued(NameOf(saga), string.Join(", ", queued.Select(number => IssueId.Of(saga.Project, number))));
        }
    }

    // A duplicate neither restarts the quiet period nor is deployed again; nor is a move that a deployment has overtaken.
    MoveResult Take(ServerDeploymentState saga, int number, DateTimeOffset movedAt)
    {
        var now = patience.Now;
        if (movedAt > now + ClockTolerance)
        {
            movedAt = now;
        }

        var known = saga.Known.Find(move => move.Number == number);
        if (known is null)
        {
            saga.Known.Add(known = new() { Number = number, MovedAt = movedAt });
        }
        else if (movedAt <= known.MovedAt)
        {
            return MoveResult.Duplicate;
        }

        known.MovedAt = movedAt;
        if (movedAt < known.DeployedAt - ClockTolerance)
        {
            return MoveResult.Overtaken;
        }

        var queued = saga.Issues.Find(issue => issue.Number == number);
        var isFolded = queued is not null && !saga.IsCovered(queued);
        saga.Issues.RemoveAll(issue => issue.Number == number);
        saga.Issues.Add(new() { Number = number, MovedAt = movedAt, QueuedAt = isFolded ? queued!.QueuedAt : now, RequeuedAt = now });
        return isFolded ? MoveResult.Folded : MoveResult.Queued;
    }

    /// <returns>When the server is due; null when nothing is queued that no deployment has begun with.</returns>
    DateTimeOffset? DueAt(ServerDeploymentState saga)
    {
        // What was prepared before Monarch was to run commands itself is not waited for.
        var issues = options.Value.Run && !saga.IsDeploying ? saga.Issues : [.. saga.Uncovered()];
        if (issues.Count == 0)
        {
            return null;
        }

        var quiet = issues.Max(issue => issue.RequeuedAt) + options.Value.Quiet;
        var longest = issues.Min(issue => issue.QueuedAt) + options.Value.MaxWait;
        var due = quiet < longest ? quiet : longest;
        return saga.NotBefore > due ? saga.NotBefore : due;
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
            // A saga may expire before the lease of its last deployment does, so it does not count from 1.
            Number = saga.LastNumber = Math.Max(saga.LastNumber + 1, patience.Now.ToUnixTimeMilliseconds()),
            Issues = All(saga),
            RequestedAt = patience.Now,
            Command = CommandText(saga),
        };
        (saga.NotBefore, saga.Resent, saga.IsDeploying) = (null, 0, options.Value.Run);
        if (saga.IsDeploying)
        {
            saga.WakeAt = patience.StallCheck(0);
            await SendAsync(context);
        }

        logger.DeploymentDecided(NameOf(saga), saga.Deployment.DeploymentId, saga.Deployment.Issues.Count, saga.IsDeploying ? "requested" : "prepared");
        await NextAsync(context, []);
    }

    void NoteBegun(ServerDeploymentState saga, DateTimeOffset startedAt, IReadOnlyList<DeployedIssue> issues)
    {
        var isFirst = saga.Deployment!.StartedAt is null;
        saga.Deployment = saga.Deployment with { StartedAt = startedAt, Issues = issues, Command = CommandText(saga, issues) };
        saga.WakeAt = patience.In(options.Value.Lease);
        if (isFirst && saga.Issues.Where(saga.IsCovered).Select(issue => (DateTimeOffset?)issue.QueuedAt).Min() is { } first && startedAt > first)
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
        Complete(saga, deployment with { EndedAt = ended.EndedAt, Outcome = ended.Outcome, ExitCode = ended.ExitCode, Reason = ended.Reason, Output = ended.Output });
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
            case DeploymentOutcome.Failed when saga.Failures < options.Value.Retries:
                var delay = options.Value.RetryDelay * Math.Pow(2, Math.Min(saga.Failures++, 20));
                saga.NotBefore = patience.In(delay < LongestRetryDelay ? delay : LongestRetryDelay);
                break;
            case DeploymentOutcome.Interrupted when options.Value.Rerun:
                saga.NotBefore = patience.In(RerunDelay);
                break;
            case DeploymentOutcome.Failed:
                PauseAfter(saga, PauseKind.Failed, ended.Reason, null);
                break;
            case DeploymentOutcome.Interrupted:
                PauseAfter(saga, PauseKind.Interrupted, ended.Reason, null);
                break;
            default:
                var cancel = saga.Commands.Find(given => given is { Kind: SteeringKind.Cancel, Refusal: null });
                PauseAfter(saga, PauseKind.Cancelled, cancel?.Reason, cancel?.Actor);
                break;
        }
    }

    // What was moved again since stays; so does what was removed by hand and moved again.
    static void Remove(ServerDeploymentState saga, DeploymentRecord succeeded)
    {
        var startedAt = succeeded.StartedAt ?? succeeded.RequestedAt;
        foreach (var deployed in succeeded.Issues)
        {
            saga.Issues.RemoveAll(issue =>
                issue.Number == deployed.Number && (issue.MovedAt <= deployed.MovedAt || issue.MovedAt < startedAt - ClockTolerance));
            if (saga.Known.Find(move => move.Number == deployed.Number) is { } known && !(known.DeployedAt > startedAt))
            {
                known.DeployedAt = startedAt;
            }
        }
    }

    void PauseAfter(ServerDeploymentState saga, PauseKind kind, string? reason, string? actor)
    {
        saga.Failures = 0;
        saga.Pause = new() { Kind = kind, Reason = reason, Actor = actor, Since = patience.Now };
    }

    void Withdraw(ServerDeploymentState saga)
    {
        var withdrawn = saga.Deployment! with { Outcome = DeploymentOutcome.Withdrawn, EndedAt = patience.Now, Command = null };
        saga.Withdrawn = [withdrawn, .. saga.Withdrawn.Take(WithdrawnKept - 1).Where(older => patience.Now - older.EndedAt < MoveMemory)];
        (saga.Deployment, saga.IsDeploying, saga.WakeAt) = (null, false, null);
    }

    Task SendAsync<T>(BehaviorContext<ServerDeploymentState, T> context)
        where T : class => context.Send(EndpointNames.Address(EndpointNames.RunDeployment), new RunDeployment
        {
            ServerId = context.Saga.CorrelationId,
            DeploymentId = context.Saga.Deployment!.DeploymentId,
            Number = context.Saga.Deployment.Number,
            Project = context.Saga.Project,
            Status = context.Saga.Status,
            Issues = context.Saga.Deployment.Issues,
        });

    /// <summary>Sets the next wake-up of a server whose deployment does not run, and tells what the server is doing.</summary>
    Task NextAsync<T>(BehaviorContext<ServerDeploymentState, T> context, IReadOnlyList<string> saved)
        where T : class
    {
        var saga = context.Saga;
        saga.Known.RemoveAll(move => patience.Now - (move.DeployedAt > move.MovedAt ? move.DeployedAt.Value : move.MovedAt) > MoveMemory
            && !saga.Issues.Exists(issue => issue.Number == move.Number));
        if (!saga.IsDeploying)
        {
            saga.WakeAt = saga.IsPaused() ? saga.Hold?.Until : DueAt(saga) is { } due ? Whole(due) : null;
            if (saga.Deployment is not null && saga.WakeAt is null)
            {
                // It finds out when Monarch is to run the commands itself.
                saga.WakeAt = patience.In(PreparedCheck);
            }
        }

        saga.EndedAt = saga.Issues.Count == 0 && !saga.IsPaused() && !saga.IsDeploying ? patience.Now : null;
        saga.ProgressVersion = Math.Max(saga.ProgressVersion + 1, patience.Now.ToUnixTimeMilliseconds());
        return context.Publish(Progress(saga, saved));
    }

    ServerProgressed Progress(ServerDeploymentState saga, IReadOnlyList<string> saved) => new()
    {
        ServerId = saga.CorrelationId,
        Version = saga.ProgressVersion,
        Server = NameOf(saga),
        Project = saga.Project,
        Status = saga.Status,
        State = StateOf(saga),
        ChangedAt = patience.Now,
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

    static ServerStatus StateOf(ServerDeploymentState saga) => saga switch
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

    // Wake-ups are kept to the millisecond, and the last of all times is not a whole one.
    static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond,
        DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
