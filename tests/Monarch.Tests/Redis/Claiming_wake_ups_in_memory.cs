using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Monarch.Redis.Sagas;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Claiming_wake_ups_in_memory
{
    static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider _clock = new(Noon);
    readonly InMemoryWakeUps _wakeUps;

    public Claiming_wake_ups_in_memory() => _wakeUps = new(_clock);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_return_it_when_due_and_again_when_the_lease_ends()
    {
        var id = Guid.NewGuid();
        _wakeUps.Settle("nap", id, Noon.AddSeconds(1));
        (await _wakeUps.ClaimAsync(10, Lease, Token)).ShouldSatisfyAllConditions(
            x => x.Due.ShouldBeEmpty(),
            x => x.NextIn.ShouldBe(TimeSpan.FromSeconds(1))
        );

        _clock.SetUtcNow(Noon.AddSeconds(1));
        (await _wakeUps.ClaimAsync(10, Lease, Token)).Due.ShouldHaveSingleItem().ShouldBe(new("nap", id, Noon.AddSeconds(1)));
        (await _wakeUps.ClaimAsync(10, Lease, Token)).ShouldSatisfyAllConditions(x => x.Due.ShouldBeEmpty(), x => x.NextIn.ShouldBe(Lease));

        _clock.SetUtcNow(Noon.AddSeconds(31));
        (await _wakeUps.ClaimAsync(10, Lease, Token)).Due.ShouldHaveSingleItem().DueAt.ShouldBe(Noon.AddSeconds(1));
        _wakeUps.Settle("nap", id, null);
        (await _wakeUps.ClaimAsync(10, Lease, Token)).NextIn.ShouldBeNull();
    }

    [Fact]
    public async Task Should_wake_in_time_after_the_clock_was_set_back()
    {
        var id = Guid.NewGuid();
        _wakeUps.Settle("nap", id, Noon.AddSeconds(60));
        await _wakeUps.ClaimAsync(10, Lease, Token);
        var back = _clock.GetUtcNow().AddDays(-1);
        _clock.AdjustTime(back);
        (await _wakeUps.ClaimAsync(10, Lease, Token)).NextIn.ShouldBe(TimeSpan.FromSeconds(60));

        _clock.AdjustTime(back.AddSeconds(60));
        (await _wakeUps.ClaimAsync(10, Lease, Token))
            .Due.ShouldHaveSingleItem()
            .DueAt.ShouldBe(Noon.AddSeconds(60), "the saga compares with it");
    }

    [Fact]
    public async Task Should_back_off_while_the_saga_is_never_saved()
    {
        var (id, times) = (Guid.NewGuid(), 0);
        _wakeUps.Settle("nap", id, Noon);
        while (_clock.GetUtcNow() < Noon.AddDays(1))
        {
            var claimed = await _wakeUps.ClaimAsync(10, Lease, Token);
            times += claimed.Due.Count;
            _clock.Advance(claimed.NextIn!.Value);
        }

        times.ShouldBeInRange(25, 40);
        _wakeUps.Settle("nap", id, _clock.GetUtcNow());
        await _wakeUps.ClaimAsync(10, Lease, Token);
        (await _wakeUps.ClaimAsync(10, Lease, Token)).NextIn.ShouldBe(Lease, "it was saved");
    }

    [Fact]
    public async Task Should_not_sleep_for_a_year_after_a_wrong_clock()
    {
        var id = Guid.NewGuid();
        _wakeUps.Settle("nap", id, Noon.AddYears(1));
        (await _wakeUps.ClaimAsync(10, Lease, Token)).NextIn.ShouldBe(WakeUpTime.LongestSleep);

        _clock.Advance(WakeUpTime.LongestSleep);
        (await _wakeUps.ClaimAsync(10, Lease, Token)).Due.ShouldHaveSingleItem().DueAt.ShouldBe(Noon.AddYears(1));
    }

    [Fact]
    public async Task Should_announce_only_the_earliest_wake_up()
    {
        var announced = 0;
        var watch = await _wakeUps.WatchAsync(() => announced++, Token);
        foreach (var minutes in new[] { 5, 6, 4, 7, 3 })
        {
            _wakeUps.Settle("nap", Guid.NewGuid(), Noon.AddMinutes(minutes));
        }

        announced.ShouldBe(3);
        await watch.DisposeAsync();
        _wakeUps.Settle("nap", Guid.NewGuid(), Noon);
        announced.ShouldBe(3);
    }

    [Fact]
    public void Should_round_up_to_a_millisecond_and_never_be_early()
    {
        WakeUpTime.ToMilliseconds(Noon).ShouldBe(Noon.ToUnixTimeMilliseconds());
        WakeUpTime.ToMilliseconds(Noon.AddTicks(1)).ShouldBe(Noon.ToUnixTimeMilliseconds() + 1);
        WakeUpTime.FromMilliseconds(WakeUpTime.ToMilliseconds(Noon.AddTicks(9_999))).ShouldBe(Noon.AddMilliseconds(1));
    }

    [Fact]
    public void Should_refuse_a_saga_without_a_name_for_its_wake_ups() =>
        Should.Throw<ConfigurationException>(() =>
            new ServiceCollection().AddMassTransit(bus =>
                bus.AddSagaStateMachine<NapStateMachine, NapState>().InMemoryRepositoryWithWakeUps(null)
            )
        );

    [Fact]
    public async Task Should_refuse_to_start_when_nothing_is_sent_for_a_saga()
    {
        await using var provider = new ServiceCollection()
            .AddWakeUps(w => w.Poll = TimeSpan.FromSeconds(1))
            .AddMassTransit(bus =>
            {
                bus.AddSagaStateMachine<NapStateMachine, NapState>().InMemoryRepositoryWithWakeUps("nap");
                bus.UsingInMemory();
            })
            .AddLogging()
            .BuildServiceProvider();
        var sweeper = provider.GetServices<IHostedService>().OfType<WakeUpSweeper>().Single();
        (await Should.ThrowAsync<ConfigurationException>(() => sweeper.StartAsync(Token))).Message.ShouldContain("nap");
    }
}
