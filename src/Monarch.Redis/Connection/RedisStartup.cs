using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Connection;

/// <summary>
/// Connects before the bus starts, and refuses a server that is not suitable for state. An unavailable server does not prevent the start:
/// the host reports it in its health, and checks the server once it is available.
/// </summary>
sealed class RedisStartup(RedisServerCheck check, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisStartup> logger)
    : BackgroundService,
        IHostedLifecycleService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    Task? _begun;
    bool _isChecked;

    /// <summary>Starts the first attempt, which <see cref="StartingAsync"/> awaits.</summary>
    public void Begin()
    {
        _begun = Task.Run(() => CheckAsync(CancellationToken.None));
        RedisClient.Observe(_begun);
    }

    /// <exception cref="OptionsValidationException">The server is not suitable.</exception>
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
                logger.RedisUnavailableAtStart(options.Value.ToString(), e.Message);
                return;
            }
            catch (RedisUnavailableException)
            {
                // The library does not always report the reason, such as a wrong password, at the first attempt.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="OptionsValidationException">The server is not suitable, which stops the host.</exception>
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
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await check.FaultAtStartAsync(cancellationToken) is { } fault)
        {
            throw new OptionsValidationException(nameof(RedisOptions), typeof(RedisOptions), [fault]);
        }

        _isChecked = true;
        if (await check.ReplicasAtRiskAsync(cancellationToken) is > 0 and var replicas)
        {
            logger.MayDiverge(options.Value.ToString(), replicas);
        }
    }
}
