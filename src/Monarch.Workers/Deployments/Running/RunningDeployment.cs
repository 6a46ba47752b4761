using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running.Supervision;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// A command that runs under a lease. Each renewal moves the deadline at which its supervisor kills it, so that it ends before the lease
/// even if this process, Redis or the network fails.
/// </summary>
sealed class RunningDeployment(
    RunDeployment deployment,
    string server,
    SupervisedProcess process,
    IDeploymentLeases leases,
    DeploymentOptions options,
    TimeProvider time,
    ILogger logger
)
{
    // The tolerance for a supervisor that kills later than expected.
    static readonly TimeSpan KillTolerance = TimeSpan.FromSeconds(5);

    readonly TaskCompletionSource<Cause> _cause = new(TaskCreationOptions.RunContinuationsAsynchronously);
    string? _problem;

    enum Cause
    {
        Exited,
        TimedOut,
        Cancelled,
        LeaseLost,
        Stopped,
    }

    /// <summary>The deadline of a command whose lease was extended at or after a time.</summary>
    /// <param name="options">The length of a lease.</param>
    /// <param name="before">A timestamp of <see cref="Stopwatch"/>.</param>
    public static long Deadline(DeploymentOptions options, long before) =>
        before + (long)(options.LeaseSeconds * 0.8 * Stopwatch.Frequency);

    /// <summary>Waits for the end of the command, and ends it on timeout, cancellation, a lost lease or shutdown.</summary>
    public async Task<RunResult> RunAsync(CancellationToken stopping)
    {
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(ended.Token);
        var watching = WatchAsync(ended.Token);
        var timing = EnforceTimeoutAsync(ended.Token);
        await using var stop = stopping.Register(() => _cause.TrySetResult(Cause.Stopped));
        var first = await Task.WhenAny(process.Ended, _cause.Task);
        var cause = first == _cause.Task ? await _cause.Task : Cause.Exited;
        if (cause is not (Cause.Exited or Cause.LeaseLost))
        {
            process.End(options.Grace);
        }

        var report = await (
            cause == Cause.Exited ? process.Ended : EndedAsync(cause == Cause.LeaseLost ? KillTolerance : options.Grace + KillTolerance)
        );
        await ended.CancelAsync();
        await Task.WhenAll(renewing, watching, timing);
        return ResultOf(cause, report);
    }

    async Task<SupervisorReport> EndedAsync(TimeSpan within)
    {
        try
        {
            return await process.Ended.WaitAsync(within, time);
        }
        catch (TimeoutException)
        {
            process.KillWithoutSupervisor();
            return await process.Ended;
        }
    }

    async Task EnforceTimeoutAsync(CancellationToken ended)
    {
        await Task.Delay(options.Timeout, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCancellationRequested)
        {
            _cause.TrySetResult(Cause.TimedOut);
        }
    }

    // The lease expires a fifth of its length after the deadline; a supervisor that does not react is replaced after half of that time.
    Task WatchAsync(CancellationToken ended) =>
        RepeatAsync(
            options.Lease / 30,
            () =>
            {
                process.KillIfOverdue(options.Lease / 10);
                return Task.CompletedTask;
            },
            ended
        );

    Task RenewAsync(CancellationToken ended) => RepeatAsync(options.Lease / 6, () => TryRenewAsync(ended), ended);

    async Task RepeatAsync(TimeSpan period, Func<Task> action, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await action();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The command has ended.
        }
    }

    async Task TryRenewAsync(CancellationToken ended)
    {
        try
        {
            // The lease is extended at an unknown time after this.
            var before = Stopwatch.GetTimestamp();
            Take(await leases.RenewAsync(deployment.ServerId, deployment.DeploymentId, ended), before);
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            if (_problem is null)
            {
                logger.LeaseNotRenewed(server, deployment.DeploymentId, e.Message.TrimEnd('.'));
            }

            _problem = e.Message.TrimEnd('.');
        }
    }

    void Take(LeaseRenewal renewal, long before)
    {
        if (renewal == LeaseRenewal.Lost)
        {
            process.Kill();
            _cause.TrySetResult(Cause.LeaseLost);
            return;
        }

        process.Extend(Deadline(options, before));
        if (_problem is not null)
        {
            logger.LeaseRenewedAgain(server, deployment.DeploymentId);
            _problem = null;
        }

        if (renewal == LeaseRenewal.CancelRequested)
        {
            _cause.TrySetResult(Cause.Cancelled);
        }
    }

    RunResult ResultOf(Cause cause, SupervisorReport report)
    {
        int? exitCode = report.End == SupervisedEnd.Exited ? report.ExitCode : null;
        return cause switch
        {
            Cause.TimedOut => new(DeploymentOutcome.Failed, exitCode, $"took longer than {Text(options.TimeoutSeconds)} s"),
            Cause.Cancelled => new(DeploymentOutcome.Cancelled, exitCode, "cancelled"),
            Cause.LeaseLost => new(DeploymentOutcome.Interrupted, exitCode, "the lease was lost"),
            Cause.Stopped => new(DeploymentOutcome.Interrupted, exitCode, "Monarch was stopped"),
            _ => report.End switch
            {
                SupervisedEnd.Exited when exitCode == 0 => new(DeploymentOutcome.Succeeded, 0, null),
                SupervisedEnd.Exited => new(DeploymentOutcome.Failed, exitCode, Exited(report.ExitCode)),
                SupervisedEnd.NotStarted => RunResult.NotStarted(
                    report.ExitCode == ProgramPath.NotFound ? "the program was not found" : "the program is not executable"
                ),
                SupervisedEnd.DeadlinePassed or SupervisedEnd.Unknown when process.IsExhausted => new(
                    DeploymentOutcome.Interrupted,
                    null,
                    $"the lease could not be renewed in time{(_problem is null ? "" : $": {_problem}")}"
                ),
                _ => new(DeploymentOutcome.Interrupted, null, "its supervisor was killed"),
            },
        };
    }

    static string Exited(int code) =>
        $"exited with code {Text(code)}" + (code is > 128 and <= 192 ? $" (killed by signal {Text(code - 128)})" : "");

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The result of a command.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="ExitCode">The exit code; null when it was killed or never started.</param>
/// <param name="Reason">Why it did not succeed; null when it did.</param>
/// <param name="WasStarted">Whether the command was started.</param>
sealed record RunResult(DeploymentOutcome Outcome, int? ExitCode, string? Reason, bool WasStarted = true)
{
    public static RunResult NotStarted(string reason) =>
        new(DeploymentOutcome.Failed, null, $"could not be started: {reason}", WasStarted: false);
}
