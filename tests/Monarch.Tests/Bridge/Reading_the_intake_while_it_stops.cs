using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Bridge.Intake;
using Monarch.Tests.GitHub.Accounts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Reading_the_intake_while_it_stops
{
    [Fact]
    public async Task Should_end_without_a_failure_when_the_bus_is_stopped_first()
    {
        using var stopping = new CancellationTokenSource();
        var stream = new InMemoryIntakeStream(TimeProvider.System);
        var (bus, _) = FailingBus.Create();
        var reader = new IntakeReader(stream, bus, TimeSpan.FromMinutes(1), TimeProvider.System, NullLogger.Instance);

        await reader
            .RunAsync(
                async (_, _) =>
                {
                    await stopping.CancelAsync();
                    throw new InvalidOperationException("The transport is stopped");
                },
                stopping.Token
            )
            .ShouldNotThrowAsync();
    }
}
