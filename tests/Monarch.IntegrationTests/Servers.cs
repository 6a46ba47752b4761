using System.Collections.Concurrent;
using Monarch.IntegrationTests;
using Monarch.Testing;
using Xunit;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Servers))]
// What hosts under test log is shown with a test that fails, and not otherwise.
[assembly: CaptureConsole]

// More than cores: about half of what they last, they wait for timers of MassTransit, RabbitMQ or GitHub.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: DeleteVirtualHosts]

namespace Monarch.IntegrationTests;

/// <summary>
/// One Redis and one RabbitMQ for all tests, started when the first test asks for them. A test that kills or freezes a server
/// starts one of its own.
/// </summary>
public sealed class Servers : IAsyncDisposable
{
    // What is left to do after each test, by the test's id.
    static readonly ConcurrentDictionary<string, ConcurrentBag<Action>> AfterTests = [];

    readonly Lazy<Task<RedisServer>> _redis = new(() => RedisServer.StartAsync());
    readonly Lazy<Task<RabbitMqServer>> _rabbitMq = new(() => RabbitMqServer.StartAsync());
    readonly ConcurrentBag<Task> _deletions = [];
    int _databases,
        _virtualHosts;

    /// <summary>An empty database of the shared Redis, for one test alone.</summary>
    public async Task<RedisDatabase> RedisAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        Assert.True(number < 128, "The shared Redis has 128 databases: let more tests share one, or raise --databases in RedisServer.");
        // It is never stopped: no call times out on a machine that stands still.
        return new RedisDatabase((await _redis.Value).Port, number).With("VALKEY_TIMEOUT", "60");
    }

    /// <summary>The address of an empty virtual host of the shared RabbitMQ, for one test alone.</summary>
    public async Task<Uri> RabbitMqAsync()
    {
        var server = await _rabbitMq.Value;
        var name = $"test-{Interlocked.Increment(ref _virtualHosts)}";
        await server.Management.CreateVirtualHostAsync(name);
        // A class fixture keeps its own until the run ends.
        if (TestContext.Current.Test is { } test)
        {
            AfterTests.GetOrAdd(test.UniqueID, _ => []).Add(() => _deletions.Add(DeleteAsync(server, name)));
        }

        return new Uri(server.AmqpUri, name);
    }

    /// <summary>Queues of the shared RabbitMQ.</summary>
    public async Task<RabbitMqManagement> RabbitMqManagementAsync() => (await _rabbitMq.Value).Management;

    /// <summary>Begins to delete the virtual hosts of a test that has ended: RabbitMQ spends processor time on each queue, used or not.</summary>
    /// <param name="test">The id of the test.</param>
    public static void DeleteVirtualHosts(string test)
    {
        if (AfterTests.TryRemove(test, out var deletions))
        {
            foreach (var delete in deletions)
            {
                delete();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_deletions);
        if (_redis.IsValueCreated)
        {
            await (await _redis.Value).DisposeAsync();
        }

        if (_rabbitMq.IsValueCreated)
        {
            await (await _rabbitMq.Value).DisposeAsync();
        }
    }

    static async Task DeleteAsync(RabbitMqServer server, string virtualHost)
    {
        try
        {
            await server.Management.DeleteVirtualHostAsync(virtualHost);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // A virtual host that stays costs only time.
        }
    }
}
