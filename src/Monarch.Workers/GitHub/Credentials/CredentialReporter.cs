using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Sagas;
using Monarch.Workers.GitHub.Budgets;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Says now and then of each of this worker's credentials whether it works or is parked, and how its account's budget stands; soon when
/// that changes.
/// </summary>
sealed class CredentialReporter(
    IAccounts accounts,
    CredentialParking parking,
    RequestBudget requests,
    BudgetRules rules,
    IBusControl bus,
    TimeProvider time,
    ILogger<CredentialReporter> logger) : BackgroundService
{
    static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);
    // A Bridge that was unavailable receives the next report within a minute, and shows nothing that is older.
    static readonly TimeSpan News = TimeSpan.FromMinutes(15);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    // Where time is compressed, a budget changes the sooner; but each report costs some milliseconds.
    readonly TimeSpan _lookEvery = rules is { CreatesPerMinute: 0, CreatesPerHour: 0 }
        ? LookEvery
        : TimeSpan.FromSeconds(Math.Clamp((rules.Minute / 4).TotalSeconds, 3, LookEvery.TotalSeconds));
    readonly Dictionary<string, Report> _reports = [];
    long _asked = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
            while (true)
            {
                await TryReportAsync(stoppingToken);
                // Whose a token is is known once there was something to do.
                await Task.Delay(_reports.Count < accounts.Known.Count ? Pause : _lookEvery, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // It is asked to stop. The bus is stopped before this is, and whatever fails then is no failure of the host.
        }
    }

    async Task TryReportAsync(CancellationToken stoppingToken)
    {
        try
        {
            var asked = requests.Asked;
            foreach (var (credential, account) in accounts.Known)
            {
                if (asked == _asked && !IsDue(_reports.GetValueOrDefault(credential.Name)))
                {
                    continue;
                }

                // No token for the publish: one that is cancelled while the broker is away can hang for ever.
                await ReportAsync(credential, account, await parking.FindAsync(credential, stoppingToken), stoppingToken).WaitAsync(stoppingToken);
            }

            _asked = asked;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it is, a cancelled publish among them, it is no reason for the process to end.
            logger.CredentialNotReported(e);
        }
    }

    // While nothing is asked, the hour passes all the same, and a parked credential may be taken again.
    bool IsDue(Report? report) => report is not null && (report.Parked is not null || time.GetUtcNow() - report.At >= SayEvery);

    async Task ReportAsync(Credential credential, GitHubAccount? account, ParkedCredential? parked, CancellationToken stoppingToken)
    {
        var report = _reports.GetValueOrDefault(credential.Name);
        if (parked is null && report?.Parked is not null)
        {
            await PublishAsync(new CredentialReleased { Credential = credential.Name, Account = account?.Key, Login = account?.Login });
            report = null;
        }

        var now = time.GetUtcNow();
        var snapshot = account is null ? null : await requests.LookAsync(account.Key, stoppingToken);
        var figures = (snapshot?.UsedThisMinute, snapshot?.UsedThisHour, snapshot?.MinuteLimit, snapshot?.ClosedUntil);
        var isNews = report is null || report.Parked?.RetryAt != parked?.RetryAt || report.Figures != figures || now - report.At >= SayEvery;
        if ((parked is null && account is null) || !isNews)
        {
            return;
        }

        object message = parked is null ? Working(credential, account!, report?.Since ?? now, snapshot!) : Parked(credential, account, parked, snapshot);
        await PublishAsync(message);
        _reports[credential.Name] = new(parked, report is { Parked: null } ? report.Since : now, now, figures);
    }

    Task PublishAsync(object message) => Confirmation.OfAsync(
        written => bus.Publish(
            message,
            Pipe.Execute<PublishContext>(context =>
            {
                context.TimeToLive = News;
                written();
            }),
            CancellationToken.None),
        time);

    CredentialWorking Working(Credential credential, GitHubAccount account, DateTimeOffset since, BudgetSnapshot snapshot) => new()
    {
        Credential = credential.Name,
        Account = account.Key,
        Login = account.Login,
        Since = since,
        Budget = snapshot.Report(rules),
        Forecast = snapshot.Forecast(rules),
    };

    CredentialParked Parked(Credential credential, GitHubAccount? account, ParkedCredential parked, BudgetSnapshot? snapshot) => new()
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
