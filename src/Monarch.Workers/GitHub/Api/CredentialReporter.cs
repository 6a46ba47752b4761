using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Sagas;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Workers.GitHub.Api;

/// <summary>
/// Publishes the state of each of this worker's credentials and of its account's budget, periodically and soon after a change.
/// </summary>
sealed class CredentialReporter(
    IAccounts accounts,
    CredentialParking parking,
    RequestBudget requests,
    BudgetRules rules,
    IBusControl bus,
    TimeProvider time,
    ILogger<CredentialReporter> logger
) : BackgroundService
{
    static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    // A Bridge that was unavailable receives the next report within a minute, and shows nothing that is older.
    static readonly TimeSpan ReportLifetime = TimeSpan.FromMinutes(15);
    static readonly TimeSpan StartInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(15);

    // With compressed time a budget changes sooner; but each report costs some milliseconds.
    readonly TimeSpan _checkInterval = rules is { CreatesPerMinute: 0, CreatesPerHour: 0 }
        ? CheckInterval
        : TimeSpan.FromSeconds(Math.Clamp((rules.Minute / 4).TotalSeconds, 3, CheckInterval.TotalSeconds));
    readonly Dictionary<string, Report> _reports = [];
    long _requestCount = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
            while (true)
            {
                await TryReportAsync(stoppingToken);
                // A token's account is known after the first request.
                await Task.Delay(_reports.Count < accounts.Known.Count ? StartInterval : _checkInterval, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping. The bus stops first, and failures after that are not failures of the host.
        }
    }

    async Task TryReportAsync(CancellationToken stoppingToken)
    {
        try
        {
            var requestCount = requests.RequestCount;
            foreach (var (credential, account) in accounts.Known)
            {
                if (requestCount == _requestCount && !IsDue(_reports.GetValueOrDefault(credential.Name)))
                {
                    continue;
                }

                // No token for the publish: a cancelled one can hang while the broker is unavailable.
                await ReportAsync(credential, account, await parking.FindAsync(credential, stoppingToken), stoppingToken)
                    .WaitAsync(stoppingToken);
            }

            _requestCount = requestCount;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // No error, including a cancelled publish, may end the process.
            logger.CredentialNotReported(e);
        }
    }

    // Without requests, the windows of the budget still move on, and a parked credential may be accepted again.
    bool IsDue(Report? report) => report is not null && (report.Parked is not null || time.GetUtcNow() - report.At >= ReportInterval);

    async Task ReportAsync(Credential credential, GitHubAccount? account, ParkedCredential? parked, CancellationToken stoppingToken)
    {
        var report = _reports.GetValueOrDefault(credential.Name);
        if (parked is null && report?.Parked is not null)
        {
            await PublishAsync(
                new CredentialReleased
                {
                    Credential = credential.Name,
                    Account = account?.Key,
                    Login = account?.Login,
                }
            );
            report = null;
        }

        var now = time.GetUtcNow();
        var snapshot = account is null ? null : await requests.LookAsync(account.Key, stoppingToken);
        var figures = (snapshot?.UsedThisMinute, snapshot?.UsedThisHour, snapshot?.MinuteLimit, snapshot?.ClosedUntil);
        var isDue =
            report is null || report.Parked?.RetryAt != parked?.RetryAt || report.Figures != figures || now - report.At >= ReportInterval;
        if ((parked is null && account is null) || !isDue)
        {
            return;
        }

        object message = parked is null
            ? Working(credential, account!, report?.Since ?? now, snapshot!)
            : Parked(credential, account, parked, snapshot);
        await PublishAsync(message);
        _reports[credential.Name] = new(parked, report is { Parked: null } ? report.Since : now, now, figures);
    }

    Task PublishAsync(object message) =>
        Confirmation.OfAsync(
            written =>
                bus.Publish(
                    message,
                    Pipe.Execute<PublishContext>(context =>
                    {
                        context.TimeToLive = ReportLifetime;
                        written();
                    }),
                    CancellationToken.None
                ),
            time
        );

    CredentialWorking Working(Credential credential, GitHubAccount account, DateTimeOffset since, BudgetSnapshot snapshot) =>
        new()
        {
            Credential = credential.Name,
            Account = account.Key,
            Login = account.Login,
            Since = since,
            Budget = snapshot.Report(rules),
            Forecast = snapshot.Forecast(rules),
        };

    CredentialParked Parked(Credential credential, GitHubAccount? account, ParkedCredential parked, BudgetSnapshot? snapshot) =>
        new()
        {
            Credential = credential.Name,
            Account = account?.Key,
            Login = account?.Login,
            ParkedAt = parked.Since,
            RetryAt = parked.RetryAt,
            Failure = CredentialParking.Describe(credential, parked),
            Budget = snapshot?.Report(rules),
        };

    sealed record Report(ParkedCredential? Parked, DateTimeOffset Since, DateTimeOffset At, (int?, int?, int?, DateTimeOffset?) Figures);
}
