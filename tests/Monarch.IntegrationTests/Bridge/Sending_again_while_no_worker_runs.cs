using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Sending_again_while_no_worker_runs(Servers servers)
{
    static readonly TimeSpan ResendAfter = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Should_leave_few_copies_in_the_queue_and_none_in_others()
    {
        var address = await servers.RabbitMqAsync();
        var management = await servers.RabbitMqManagementAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.UsingRabbitMq((_, rabbit) => rabbit.Host(address));
            })
            .BuildServiceProvider();
        var bus = services.GetRequiredService<IBusControl>();
        await bus.StartAsync(Token);
        // The workers have declared their queue, and have stopped.
        var workers = bus.ConnectReceiveEndpoint(
            EndpointNames.ServerDeployment,
            endpoint => ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue()
        );
        await workers.Ready;
        await workers.StopAsync(Token);

        var sender = new IntakeSender(bus, EndpointNames.ServerDeployment, ResendAfter, TimeProvider.System);
        for (var i = 0; i < 20; i++)
        {
            (await sender.TrySendAsync(Guid.NewGuid(), Command())).ShouldBeTrue();
        }

        var virtualHost = address.AbsolutePath.Trim('/');
        await Until.TrueAsync(
            async () => (await management.QueueDepthsAsync(virtualHost))[EndpointNames.ServerDeployment] == 0,
            "all copies have expired"
        );
        (await management.QueueDepthsAsync(virtualHost)).Keys.ShouldBe([EndpointNames.ServerDeployment]);
        await bus.StopAsync(Token);
    }

    static QueueIssues Command() =>
        new()
        {
            ServerId = ServerId.Of("ABC", IssueStatus.Test),
            Project = "ABC",
            Status = IssueStatus.Test,
            Moves =
            [
                new()
                {
                    Number = 1,
                    MovedAt = TimeProvider.System.GetUtcNow(),
                    IntakeId = "1-0",
                },
            ],
        };
}
