using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Monarch.Redis;

/// <summary>
/// Connects before the bus starts and refuses a server that is not fit to keep state. A server that is away does not stop the host: it
/// starts, reports it in its health, and checks the server once it is available.
/// </summary>
sealed class RedisStartup(RedisServerCheck check, IOptions<RedisOptions> options, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<RedisStartup> logger) : IHostedLifecycleService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    Task _later = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await check.FaultAtStartAsync(cancellationToken) is { } fault)
                    throw new OptionsValidationException(nameof(RedisOptions), typeof(RedisOptions), [fault]);
                return;
            }
            catch (RedisUnavailableException e) when (time.GetElapsedTime(began) >= options.Value.Timeout)
            {
                logger.RedisNotThereYet(options.Value.ToString(), e.Message);
                _later = CheckLaterAsync(lifetime.ApplicationStopping);
                return;
            }
            catch (RedisUnavailableException)
            {
                // The library does not always give the reason, such as a wrong password, at its first attempt.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => _later.WaitAsync(cancellationToken);

    async Task CheckLaterAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await Task.Delay(Pause, time, stopping);
                if (await check.FaultAtStartAsync(stopping) is { } fault)
                {
                    logger.RedisNotFit(fault);
                    lifetime.StopApplication();
                }
                return;
            }
            catch (RedisUnavailableException)
            {
                // Still away; the connection has logged it.
            }
            catch (OperationCanceledException) { return; }
        }
    }
}
