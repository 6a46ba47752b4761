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
    public async Task Should_read_on_while_little_is_held_and_wait_until_there_is_room()
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
    public async Task Should_give_back_what_arrives_after_a_wait_in_vain()
    {
        Deliver(80 * Mebi).ShouldBeTrue();
        var wait = _memory.WaitAsync(Token).AsTask();
        _time.Advance(DeliveryMemory.LongestWait);
        await wait;

        // One message is let through, whatever its size, and not kept.
        _memory.WaitAsync(Token).AsTask().IsCompleted.ShouldBeTrue();
        Deliver(Mebi).ShouldBeFalse();
        _memory.WaitAsync(Token).AsTask().IsCompleted.ShouldBeFalse();
        _memory.Remove(80 * Mebi);
        Deliver(Mebi).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_let_what_was_read_be_counted_before_more_is_read()
    {
        _memory.Read(64 * Mebi);
        var wait = _memory.WaitAsync(Token).AsTask();
        wait.IsCompleted.ShouldBeFalse();

        _memory.TryAdd(60 * Mebi).ShouldBeTrue();
        _memory.Remove(60 * Mebi);
        await wait;

        // Other messages are never counted: they stop nothing for long.
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
