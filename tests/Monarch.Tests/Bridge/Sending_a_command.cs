using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Bridge.Api;
using Monarch.Tests.GitHub.Accounts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Sending_a_command
{
    [Theory]
    [InlineData(typeof(ConnectionException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(TimeoutException))]
    public async Task Should_report_a_failed_send_when_the_connection_is_lost(Type failure)
    {
        var (bus, _) = FailingBus.Create((Exception)Activator.CreateInstance(failure)!);

        (await new CommandSender(bus, TimeProvider.System, NullLogger<CommandSender>.Instance).TrySendAsync(new object())).ShouldBeFalse();
    }
}
