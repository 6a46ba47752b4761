using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Monarch.Contracts.GitHub;
using Monarch.Hosting;
using Monarch.Hosting.Telemetry;

namespace Monarch.Bridge.Status;

/// <summary>The state of GitHub's limits for each account, as workers last reported, and the number of credentials by status.</summary>
sealed class AccountFigures : ISharedFigures
{
    /// <summary>The most accounts that metrics name, by their keys in alphabetical order.</summary>
    const int MaxAccounts = 50;

    const int DigestLength = 8;

    readonly ICredentialViews _credentials;
    readonly SharedGauge<long> _remaining,
        _pace,
        _used,
        _closedUntil;
    readonly SharedGauge<int> _status;

    public AccountFigures(ICredentialViews credentials, IMeterFactory meters)
    {
        _credentials = credentials;
        var meter = meters.Create("Monarch");
        _remaining = new(meter, "monarch.github.requests.remaining", "{request}", "Requests that GitHub reports as remaining in the hour.");
        _pace = new(meter, "monarch.budget.pace", "{issue}", "Issues that the budget lets an account create in a window of time now.");
        _used = new(meter, "monarch.budget.used", "{issue}", "Issues that an account has created in the latest window of time.");
        _closedUntil = new(
            meter,
            "monarch.budget.closed.until",
            "s",
            "Unix time before which no request is sent to GitHub; 0 while the account is open."
        );
        _status = new(meter, "monarch.credentials", "{credential}", "Credentials by status: accepted by GitHub or refused.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var views = (await _credentials.ListAsync(cancellationToken)).Select(credential => credential.View).ToList();
        _status.Set(
            Enum.GetValues<CredentialStatus>()
                .Select(status => new Measurement<int>(
                    views.Count(view => view.Status == status),
                    new KeyValuePair<string, object?>("status", MetricLabel.Of(status))
                ))
        );

        var accounts = views
            .Where(view => view is { Account: not null, Budget: not null })
            .GroupBy(view => view.Account!, StringComparer.Ordinal)
            .OrderBy(account => account.Key, StringComparer.Ordinal)
            .Take(MaxAccounts)
            .Select(account => (Tag: Account(account.Key), Budget: account.MaxBy(view => view.ReportedAt)!.Budget!))
            .ToList();
        _remaining.Set(Values(accounts, null, budget => budget.RequestsLeft));
        _pace.Set([.. Values(accounts, "minute", budget => budget.Pace), .. Values(accounts, "hour", budget => budget.HourlyPace)]);
        _used.Set([
            .. Values(accounts, "minute", budget => budget.UsedThisMinute),
            .. Values(accounts, "hour", budget => budget.UsedThisHour),
        ]);
        _closedUntil.Set(Values(accounts, null, budget => budget.ClosedUntil?.ToUnixTimeSeconds() ?? 0));
    }

    public void Forget()
    {
        foreach (var gauge in (SharedGauge<long>[])[_remaining, _pace, _used, _closedUntil])
        {
            gauge.Clear();
        }

        _status.Clear();
    }

    static IEnumerable<Measurement<long>> Values(
        IEnumerable<(KeyValuePair<string, object?> Tag, BudgetReport Budget)> accounts,
        string? window,
        Func<BudgetReport, long?> value
    ) =>
        from account in accounts
        let known = value(account.Budget)
        where known is not null
        select window is null
            ? new Measurement<long>(known.Value, account.Tag)
            : new Measurement<long>(known.Value, account.Tag, new("window", window));

    // /api/credentials shows the account, behind a key.
    static KeyValuePair<string, object?> Account(string key) =>
        new("account", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..DigestLength]);
}
