using System.Diagnostics;
using System.Net.Sockets;
using Monarch.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Testing;

public sealed class Starting_servers_for_tests(Servers servers)
{
    [Fact]
    public async Task Should_end_them_when_the_test_process_is_killed()
    {
        await using var parent = await ChildProcess.StartAsync("dotnet", [typeof(Program).Assembly.Location, Program.HoldRedis]);
        await Until.TrueAsync(
            () => parent.Output.Contains('\n', StringComparison.Ordinal),
            "the other process has started a Redis",
            state: () => parent.Output
        );
        var port = int.Parse(parent.Output, System.Globalization.CultureInfo.InvariantCulture);
        (await ListensAsync(port)).ShouldBeTrue();
        await parent.KillAsync();
        await Until.TrueAsync(async () => !await ListensAsync(port), "its Redis is gone");
    }

    [Fact]
    public async Task Should_keep_the_data_of_redis_after_a_kill_if_configured()
    {
        await using var server = await RedisServer.StartAsync(new() { AppendOnly = true });
        await using var redis = RedisDatabase.Of(server).Connect();
        await redis.RunAsync(x => x.StringSetAsync("a", "b"), CurrentTest.Token);
        await server.RestartAsync();
        await using var again = RedisDatabase.Of(server).Connect();
        ((string)(await again.RunAsync(x => x.StringGetAsync("a"), CurrentTest.Token))!).ShouldBe("b");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task Should_lose_a_share_of_the_last_second_of_redis(double share)
    {
        await using var server = await RedisServer.StartAsync(new() { AppendOnly = true, EverySecond = true });
        await using var redis = RedisDatabase.Of(server).Connect();
        var times = new List<TimeSpan>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(1.5))
        {
            await redis.ExecuteAsync("INCR", CurrentTest.Token, "count");
            times.Add(watch.Elapsed);
        }

        var killed = watch.Elapsed;
        var lost = await server.KillForgettingAsync(share);

        await server.RestartAsync();
        await using var again = RedisDatabase.Of(server).Connect();
        var kept = (int)await again.RunAsync(x => x.StringGetAsync("count"), CurrentTest.Token);
        kept.ShouldBeGreaterThanOrEqualTo(times.Count(x => x < killed - TimeSpan.FromSeconds(1)));
        (lost > 0, kept < times.Count).ShouldBe((share > 0, share > 0));
    }

    [Fact]
    public async Task Should_start_kill_and_restart_rabbitmq_on_the_same_port_and_data()
    {
        await using var server = await RabbitMqServer.StartAsync();
        await server.Management.CreateVirtualHostAsync("school");
        await server.Management.CreateQueueAsync("school", "orders");

        // A clean stop keeps all declarations; a crash may lose the most recent ones.
        await server.StopAsync();
        (await ListensAsync(server.Port)).ShouldBeFalse();
        await server.RestartAsync();
        (await server.Management.QueueDepthsAsync("school"))["orders"].ShouldBe(0);

        await server.KillAsync();
        (await ListensAsync(server.Port)).ShouldBeFalse();
        await server.RestartAsync();
        (await ListensAsync(server.Port)).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_report_the_consumers_of_rabbitmq()
    {
        var broker = await servers.RabbitMqAsync();
        var (management, virtualHost) = (await servers.RabbitMqManagementAsync(), broker.AbsolutePath.Trim('/'));
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(CurrentTest.Token);
        var channel = await connection.CreateChannelAsync(cancellationToken: CurrentTest.Token);
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(
            "orders",
            durable: true,
            exclusive: false,
            autoDelete: false,
            quorum,
            cancellationToken: CurrentTest.Token
        );
        (await management.ConsumersAsync(virtualHost)).ShouldBe(new Dictionary<string, int> { ["orders"] = 0 });

        await channel.BasicConsumeAsync("orders", autoAck: true, new AsyncEventingBasicConsumer(channel), CurrentTest.Token);
        await Until.TrueAsync(async () => (await management.ConsumersAsync(virtualHost))["orders"] == 1, "the consumer is reported");

        await connection.DisposeAsync();
        await Until.TrueAsync(async () => (await management.ConsumersAsync(virtualHost))["orders"] == 0, "it is no longer reported");
    }

    static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
