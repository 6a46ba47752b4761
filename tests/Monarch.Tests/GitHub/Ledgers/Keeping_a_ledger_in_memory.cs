using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Tests.GitHub.Ledgers;

public sealed class Keeping_a_ledger_in_memory : LedgerSuite
{
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly LedgerOptions _options = new();
    readonly InMemoryLedger _ledger;

    public Keeping_a_ledger_in_memory() => _ledger = new(_time, Options.Create(_options));

    private protected override ILedger Ledger(TimeSpan settle)
    {
        _options.SettleSeconds = settle.TotalSeconds;
        return _ledger;
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
