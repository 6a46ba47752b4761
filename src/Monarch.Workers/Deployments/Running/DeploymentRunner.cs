using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running.Output;
using Monarch.Workers.Deployments.Running.Supervision;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// Runs the deployments whose leases this process holds, in the background: RabbitMQ redelivers a message that stays unacknowledged for as
/// long as a deployment may take. It ends them before other services stop, so that the bus can still publish their results.
/// </summary>
sealed class DeploymentRunner(
    IDeploymentLeases leases,
    DeploymentReporter reporter,
    DeploymentCommand command,
    IOptions<DeploymentOptions> options,
    SharedClock clock,
    TimeProvider time,
    ILoggerFactory loggers
) : IHostedLifecycleService, IDisposable
{
    // The time for ending commands and reporting their results when the host stops; it has 28 seconds in total.
    static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(18);

    readonly SupervisorProgram _supervisor = SupervisorProgram.OfThisProcess();

    // Includes ended deployments, so that none is started twice.
    readonly ConcurrentDictionary<Guid, Task> _started = new();
    readonly CancellationTokenSource _stopping = new();
    readonly CancellationTokenSource _giveUp = new();
    readonly ILogger _logger = loggers.CreateLogger<DeploymentRunner>();

    /// <summary>This process, as the holder of leases.</summary>
    public Guid Holder { get; } = Guid.NewGuid();

    /// <summary>Whether the host stops: no deployment may be started.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Runs a deployment in the background. Its end is always reported, even if the command cannot be started.</summary>
    /// <param name="deployment">The deployment, whose lease was acquired.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="requestedAt">When the lease was requested, or earlier: a timestamp of
    /// <see cref="System.Diagnostics.Stopwatch"/>.</param>
    /// <returns>When it was started; null when it was not, or was started before.</returns>
    public DateTimeOffset? Begin(RunDeployment deployment, string server, long requestedAt)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_started.TryAdd(deployment.DeploymentId, done.Task))
        {
            return null;
        }

        var tail = new OutputTail(_logger, deployment.DeploymentId, server);
        var process = TryStart(deployment, server, requestedAt, tail, out var problem);
        // By the clock of the moves: issues that are moved later belong to the next deployment.
        var startedAt = clock.UtcNow;
        _ = CompleteAsync(deployment, server, process, problem, startedAt, tail, done);
        return process is null ? null : startedAt;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(LongestStop, time);
        await using var giveUp = limit.Token.Register(_giveUp.Cancel);
        await Task.WhenAll(_started.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _giveUp.Dispose();
    }

    SupervisedProcess? TryStart(RunDeployment deployment, string server, long requestedAt, OutputTail tail, out string? problem)
    {
        problem = null;
        try
        {
            var program = command.Of(server, deployment.Project, deployment.Status, [.. deployment.Issues.Select(issue => issue.Number)]);
            _logger.DeploymentStarting(server, deployment.DeploymentId, CommandLine.Text(program));
            return SupervisedProcess.Start(
                _supervisor,
                program,
                options.Value,
                RunningDeployment.Deadline(options.Value, requestedAt),
                tail
            );
        }
        catch (Exception e)
        {
            _logger.DeploymentNotStarted(e, server, deployment.DeploymentId);
            problem = e.Message.TrimEnd('.');
            return null;
        }
    }

    async Task CompleteAsync(
        RunDeployment deployment,
        string server,
        SupervisedProcess? process,
        string? problem,
        DateTimeOffset startedAt,
        OutputTail tail,
        TaskCompletionSource done
    )
    {
        try
        {
            var result = process is null ? RunResult.NotStarted(problem!) : await RunAsync(deployment, server, process);
            LogEnd(server, deployment.DeploymentId, result);
            await reporter.ReportAsync(
                new()
                {
                    ServerId = deployment.ServerId,
                    DeploymentId = deployment.DeploymentId,
                    Issues = deployment.Issues,
                    Outcome = result.Outcome,
                    StartedAt = result.WasStarted ? startedAt : null,
                    EndedAt = clock.UtcNow,
                    ExitCode = result.ExitCode,
                    Reason = result.Reason,
                    Output = tail.Lines(),
                },
                _giveUp.Token
            );
        }
        catch (Exception e)
        {
            _logger.DeploymentHitABug(e, server, deployment.DeploymentId);
        }
        finally
        {
            done.SetResult();
        }
    }

    async Task<RunResult> RunAsync(RunDeployment deployment, string server, SupervisedProcess process)
    {
        using (process)
        {
            return await new RunningDeployment(deployment, server, process, leases, options.Value, time, _logger).RunAsync(_stopping.Token);
        }
    }

    void LogEnd(string server, Guid deploymentId, RunResult result)
    {
        if (result.Outcome == DeploymentOutcome.Succeeded)
        {
            _logger.DeploymentSucceeded(server, deploymentId);
        }
        else
        {
            _logger.DeploymentNotSucceeded(server, deploymentId, result.Outcome, result.Reason);
        }
    }
}
