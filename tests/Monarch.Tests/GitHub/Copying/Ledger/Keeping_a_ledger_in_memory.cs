using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying.Ledger;

public sealed class Keeping_a_ledger_in_memory : LedgerSuite
{
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly LedgerOptions _options = new();
    readonly InMemoryLedger _ledger;

    public Keeping_a_ledger_in_memory() => _ledger = new(_time, Options.Create(_options));

    [Fact]
    public async Task Should_expire_an_intent_on_time_after_the_clock_was_set_back()
    {
        var life = TimeSpan.FromMinutes(1);
        await BeginAsync(1, "a", life);
        _time.Shift(-86_400);
        (await BeginAsync(1, "b")).ShouldBe(new LedgerAnswer.Busy(life));

        _time.Advance(life);
        var doubt = (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>();
        doubt.Since.ShouldBe(DateTimeOffset.UnixEpoch, "the start time is unknown, so the whole listing is searched");
    }

    [Fact]
    public async Task Should_settle_a_doubtful_attempt_on_time_after_the_clock_was_set_back()
    {
        var settle = TimeSpan.FromSeconds(15);
        await BeginAsync(1, "a");
        _time.Advance(1);
        await Ledger(settle).SetDoubtfulAsync(new(Key, 1, "a"), Ct);
        _time.Shift(-86_400);
        var doubt = (await BeginAsync(1, "b", settle: settle)).ShouldBeOfType<LedgerAnswer.Doubtful>();
        (doubt.Since, doubt.Wait).ShouldBe((DateTimeOffset.UnixEpoch, settle));
        (await BeginAsync(1, "b", searched: doubt.Token)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

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
