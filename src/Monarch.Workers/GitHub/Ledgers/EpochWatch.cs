using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// Notices soon that Redis is new, was restarted or emptied, also while there is no work, so that the wait is mostly over when the
/// next request comes. The ledger itself notices at its next step.
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
                // An absent Redis is seen when it is back; the connection has said that it is away.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
