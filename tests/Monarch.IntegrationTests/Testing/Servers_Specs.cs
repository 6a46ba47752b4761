using System.Net.Sockets;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Testing;

public sealed class Starting_servers_for_tests
{
    [Fact]
    public async Task Should_end_them_when_the_test_process_is_killed()
    {
        await using var parent = await ChildProcess.StartAsync("dotnet", [typeof(Program).Assembly.Location, Program.HoldRedis]);
        await Until.TrueAsync(() => parent.Output.Contains('\n', StringComparison.Ordinal), "the other process has started a Redis", state: () => parent.Output);
        var port = int.Parse(parent.Output, System.Globalization.CultureInfo.InvariantCulture);
        (await ListensAsync(port)).ShouldBeTrue();
        await parent.KillAsync();
        await Until.TrueAsync(async () => !await ListensAsync(port), "its Redis is gone");
    }

    [Fact]
    public async Task Should_keep_what_redis_wrote_over_a_kill_when_told_so()
    {
        await using var server = await RedisServer.StartAsync(new() { AppendOnly = true });
        await using var redis = RedisDatabase.Of(server).Connect();
        await redis.RunAsync(x => x.StringSetAsync("a", "b"), CurrentTest.Token);
        await server.RestartAsync();
        await using var again = RedisDatabase.Of(server).Connect();
        ((string)(await again.RunAsync(x => x.StringGetAsync("a"), CurrentTest.Token))!).ShouldBe("b");
    }

    [Fact]
    public async Task Should_start_kill_and_restart_rabbitmq_on_the_same_port_and_data()
    {
        await using var server = await RabbitMqServer.StartAsync();
        await server.Management.CreateVirtualHostAsync("school");
        await server.Management.CreateQueueAsync("school", "orders");

        // In good order it keeps what it was told; what was declared in the moment before a crash RabbitMQ does not promise.
        await server.StopAsync();
        (await ListensAsync(server.Port)).ShouldBeFalse();
        await server.RestartAsync();
        (await server.Management.QueueDepthsAsync("school"))["orders"].ShouldBe(0);

        await server.KillAsync();
        (await ListensAsync(server.Port)).ShouldBeFalse();
        await server.RestartAsync();
        (await ListensAsync(server.Port)).ShouldBeTrue();
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
