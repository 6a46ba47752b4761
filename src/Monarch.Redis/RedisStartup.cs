using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Monarch.Redis;

/// <summary>
/// Connects before the bus starts and refuses a server that is not fit to keep state. A server that is unavailable does not stop the host:
/// it starts, reports it in its health, and checks the server once it is available.
/// </summary>
sealed class RedisStartup(RedisServerCheck check, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisStartup> logger)
    : BackgroundService, IHostedLifecycleService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    Task? _begun;
    bool _isChecked;

    /// <summary>Begins the first attempt, for which <see cref="StartingAsync"/> waits.</summary>
    public void Begin()
    {
        _begun = Task.Run(() => CheckAsync(CancellationToken.None));
        RedisClient.Observe(_begun);
    }

    /// <exception cref="OptionsValidationException">The server is not fit.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var attempt = _begun?.WaitAsync(cancellationToken) ?? CheckAsync(cancellationToken);
                _begun = null;
                await attempt;
                return;
            }
            catch (RedisUnavailableException e) when (time.GetElapsedTime(began) >= options.Value.Timeout)
            {
                logger.RedisNotThereYet(options.Value.ToString(), e.Message);
                return;
            }
            catch (RedisUnavailableException)
            {
                // The library does not always give the reason, such as a wrong password, at its first attempt.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="OptionsValidationException">The server is not fit, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isChecked)
        {
            try
            {
                await Task.Delay(Pause, time, stoppingToken);
                await CheckAsync(stoppingToken);
            }
            catch (RedisUnavailableException)
            {
                // Still unavailable; the connection has logged it.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
        }
    }

    async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await check.FaultAtStartAsync(cancellationToken) is { } fault)
            throw new OptionsValidationException(nameof(RedisOptions), typeof(RedisOptions), [fault]);
        _isChecked = true;
        if (await check.ReplicasAtRiskAsync(cancellationToken) is > 0 and var replicas)
            logger.MayDiverge(options.Value.ToString(), replicas);
    }
}
