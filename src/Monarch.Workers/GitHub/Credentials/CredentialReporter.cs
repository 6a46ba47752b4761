using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Redis;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Says now and then of each of this worker's credentials whether it works or is parked, and at once when that changes.</summary>
sealed class CredentialReporter(
    IAccounts accounts, CredentialParking parking, IBusControl bus, TimeProvider time, ILogger<CredentialReporter> logger) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, Said> _said = [];

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
            foreach (var (credential, account) in accounts.Known)
            {
                // No token for the publish: one that is cancelled while the broker is away can hang for ever.
                await ReportAsync(credential, account, await parking.FindAsync(credential, stoppingToken)).WaitAsync(stoppingToken);
            }
        }
        catch (Exception e) when (e is RedisUnavailableException or ConnectionException)
        {
            logger.CredentialNotReported(e);
        }
    }

    async Task ReportAsync(Credential credential, GitHubAccount? account, ParkedCredential? parked)
    {
        var said = _said.GetValueOrDefault(credential.Name);
        if (parked is null && said?.Parked is not null)
        {
            await bus.Publish(new CredentialReleased { Credential = credential.Name, Account = account?.Key, Login = account?.Login });
            said = null;
        }

        var now = time.GetUtcNow();
        if ((parked is null && account is null) || (said is not null && said.Parked?.RetryAt == parked?.RetryAt && now - said.At < SayEvery))
        {
            return;
        }

        object message = parked is null ? Working(credential, account!, said?.Since ?? now) : Parked(credential, account, parked);
        await bus.Publish(message);
        _said[credential.Name] = new(parked, said is { Parked: null } ? said.Since : now, now);
    }

    static CredentialWorking Working(Credential credential, GitHubAccount account, DateTimeOffset since) => new CredentialWorking
    {
        Credential = credential.Name,
        Account = account.Key,
        Login = account.Login,
        Since = since,
    };

    static CredentialParked Parked(Credential credential, GitHubAccount? account, ParkedCredential parked) => new CredentialParked
    {
        Credential = credential.Name,
        Account = account?.Key,
        Login = account?.Login,
        ParkedAt = parked.Since,
        RetryAt = parked.RetryAt,
        Failure = CredentialParking.Describe(credential, parked),
    };

    sealed record Said(ParkedCredential? Parked, DateTimeOffset Since, DateTimeOffset At);
}
