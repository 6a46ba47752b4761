using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Redis;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Says that this worker's credential is parked, again now and then for as long as it lasts, and when it is not any more.</summary>
sealed class CredentialReporter(CredentialParking parking, IBusControl bus, TimeProvider time, ILogger<CredentialReporter> logger) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    ParkedCredential? _said;
    DateTimeOffset _saidAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
            while (true)
            {
                await TryReportAsync(stoppingToken);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It is asked to stop.
        }
    }

    async Task TryReportAsync(CancellationToken stoppingToken)
    {
        try
        {
            // No token for the publish: one that is cancelled while the broker is away can hang for ever.
            await ReportAsync(await parking.FindAsync(stoppingToken)).WaitAsync(stoppingToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or ConnectionException)
        {
            logger.CredentialNotReported(e);
        }
    }

    async Task ReportAsync(ParkedCredential? parked)
    {
        var now = time.GetUtcNow();
        if (parked is not null && (parked.RetryAt != _said?.RetryAt || now - _saidAt >= SayEvery))
        {
            await bus.Publish(new CredentialParked
            {
                Credential = parking.Credential,
                ParkedAt = parked.Since,
                RetryAt = parked.RetryAt,
                Failure = CredentialParking.Describe(parked),
            });
            _saidAt = now;
        }
        else if (parked is null && _said is not null)
        {
            await bus.Publish(new CredentialReleased { Credential = parking.Credential });
        }

        _said = parked;
    }
}
