using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Bus.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Bounding_the_memory_of_deliveries
{
    const int Mebi = 1 << 20;

    readonly FakeTimeProvider _time = new();
    readonly DeliveryMemory _memory;

    public Bounding_the_memory_of_deliveries() => _memory = new(_time);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_read_below_the_limit_and_wait_above_it()
    {
        Deliver(40 * Mebi).ShouldBeTrue();
        _memory.WaitAsync(Token).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        Deliver(40 * Mebi).ShouldBeTrue();

        var wait = _memory.WaitAsync(Token).AsTask();
        wait.IsCompleted.ShouldBeFalse();
        _memory.Remove(40 * Mebi);

        await wait;
        Deliver(Mebi).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_return_a_delivery_after_the_wait_times_out()
    {
        Deliver(80 * Mebi).ShouldBeTrue();
        var wait = _memory.WaitAsync(Token).AsTask();
        _time.Advance(DeliveryMemory.LongestWait);
        await wait;

        // The next message is accepted, regardless of its size, and returned to the queue.
        _memory.WaitAsync(Token).AsTask().IsCompleted.ShouldBeTrue();
        Deliver(Mebi).ShouldBeFalse();
        _memory.WaitAsync(Token).AsTask().IsCompleted.ShouldBeFalse();
        _memory.Remove(80 * Mebi);
        Deliver(Mebi).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_wait_until_bytes_in_transit_are_counted()
    {
        _memory.Read(64 * Mebi);
        var wait = _memory.WaitAsync(Token).AsTask();
        wait.IsCompleted.ShouldBeFalse();

        _memory.TryAdd(60 * Mebi).ShouldBeTrue();
        _memory.Remove(60 * Mebi);
        await wait;

        // Messages that are never counted delay reading only briefly.
        _memory.Read(64 * Mebi);
        wait = _memory.WaitAsync(Token).AsTask();
        _time.Advance(DeliveryMemory.Transit);
        await wait;
        _memory.WaitAsync(Token).AsTask().IsCompleted.ShouldBeTrue();
    }

    bool Deliver(int bytes)
    {
        _memory.Read(bytes);
        return _memory.TryAdd(bytes);
    }
}
