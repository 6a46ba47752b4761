using MassTransit;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Intake;
using Monarch.Contracts;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

/// <summary>The broker does not confirm what the intake sends.</summary>
public sealed class Sending_to_a_slow_broker
{
    [Fact]
    public async Task Should_send_no_second_copy_while_the_first_is_in_flight()
    {
        var bus = MassTransit.Bus.Factory.CreateUsingInMemory(_ => { });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        var (time, broker, saga) = (new FakeTimeProvider(), new SlowBroker(), Guid.NewGuid());
        bus.ConnectSendObserver(broker);
        var sender = new IntakeSender(bus, EndpointNames.MigrationBatch, TimeSpan.FromSeconds(15), time);

        var first = sender.TrySendAsync(saga, new Command());
        await Until.TrueAsync(() => broker.Sends == 1, "it is being sent");
        (await sender.TrySendAsync(saga, new Command())).ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<TimeoutException>(() => first);
        (await sender.TrySendAsync(saga, new Command())).ShouldBeFalse("the first one may still arrive");

        broker.Takes.SetResult();
        await Until.TrueAsync(() => sender.InFlight == 0, "nothing is in flight");
        (await sender.TrySendAsync(saga, new Command())).ShouldBeTrue();
        broker.Sends.ShouldBe(2);
        await bus.StopAsync(TestContext.Current.CancellationToken);
    }

    public sealed record Command;

    sealed class SlowBroker : ISendObserver
    {
        int _sends;

        public int Sends => Volatile.Read(ref _sends);

        public TaskCompletionSource Takes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PreSend<T>(SendContext<T> context)
            where T : class
        {
            Interlocked.Increment(ref _sends);
            return Takes.Task;
        }

        public Task PostSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
