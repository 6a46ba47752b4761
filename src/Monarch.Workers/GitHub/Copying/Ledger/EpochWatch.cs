using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>
/// Detects a new, restarted or emptied Redis while the workers are idle, so that most of the wait has elapsed at the next request. The
/// ledger itself detects it at its next operation.
/// </summary>
sealed class EpochWatch(ILedger ledger, IOptions<GitHubOptions> options, TimeProvider time, ILogger<EpochWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var closed = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var epoch = await ledger.OpenAsync(options.Value.IntentLifetime, stoppingToken);
                if (epoch.Wait > TimeSpan.Zero && epoch.Id != closed)
                {
                    logger.EpochBegan(epoch.Cause, time.GetUtcNow() + epoch.Wait);
                    closed = epoch.Id;
                }
            }
            catch (Exception e) when (e is RedisUnavailableException || stoppingToken.IsCancellationRequested)
            {
                // The next check after the reconnect detects it; the connection has logged the outage.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
