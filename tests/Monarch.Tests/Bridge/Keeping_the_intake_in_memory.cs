using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Intake;

namespace Monarch.Tests.Bridge;

public sealed class Keeping_the_intake_in_memory : IntakeStreamTest
{
    readonly FakeTimeProvider _time = FakeTime.New();

    public override ValueTask InitializeAsync()
    {
        Stream = new InMemoryIntakeStream(_time);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
