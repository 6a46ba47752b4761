using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Storing_sagas_in_memory
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_wake_a_saga_when_due_and_never_earlier()
    {
        await using var provider = Provider();
        var harness = await provider.StartTestHarness();
        var id = Guid.NewGuid();
        var wakeAt = TimeProvider.System.GetUtcNow().AddMilliseconds(300);
        await harness.Bus.Publish(new TakeNap(id, wakeAt), Token);

        (await harness.Consumed.Any<EndNap>(x => x.Context.Message.Id == id, Token)).ShouldBeTrue();
        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(wakeAt);
        var saga = (await Sagas(provider).Load(id))!;
        (saga.Wakes, saga.WakeAt, saga.Version).ShouldBe((1, null, 2));
    }

    [Fact]
    public async Task Should_discard_the_changes_of_a_failed_handler()
    {
        await using var provider = Provider();
        var harness = await provider.StartTestHarness();
        var id = Guid.NewGuid();
        var far = TimeProvider.System.GetUtcNow().AddHours(1);
        await harness.Bus.Publish(new TakeNap(id, far), Token);
        (await harness.Consumed.Any<TakeNap>(Token)).ShouldBeTrue();

        await harness.Bus.Publish(new TakeNap(id, null, Fail: true), Token);
        (await harness.Published.Any<Fault<TakeNap>>(Token)).ShouldBeTrue();
        var saga = (await Sagas(provider).Load(id))!;
        (saga.Naps, saga.WakeAt).ShouldBe((1, far));
    }

    [Fact]
    public async Task Should_handle_many_messages_of_one_saga_without_a_conflict()
    {
        await using var provider = Provider();
        var harness = await provider.StartTestHarness();
        var id = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => harness.Bus.Publish(new TakeNap(id, null), Token)));
        await Until.TrueAsync(async () => (await Sagas(provider).Load(id))?.Naps == 100, "all are handled");
        (await harness.Published.Any<Fault<TakeNap>>(Token)).ShouldBeFalse();
    }

    static ILoadSagaRepository<NapState> Sagas(IServiceProvider provider) => provider.GetRequiredService<ILoadSagaRepository<NapState>>();

    static ServiceProvider Provider() =>
        new ServiceCollection()
            .AddWakeUps(w => w.Send("nap", new("exchange:nap-state"), x => new EndNap(x.SagaId, x.DueAt)))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetKebabCaseEndpointNameFormatter();
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(5));
                bus.AddSagaStateMachine<NapStateMachine, NapState>().InMemoryRepositoryWithWakeUps("nap");
            })
            .BuildServiceProvider(true);
}
