using Monarch.Redis.Connection;
using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

/// <summary>A Redis database for a test class, with two connections like those of two processes.</summary>
public sealed class WorkersDatabase(Servers servers) : IAsyncLifetime
{
    RedisConnection[] _connections = [];
    uint _next;

    public async ValueTask InitializeAsync()
    {
        var database = await servers.RedisAsync();
        await OldEpoch.WriteAsync(database.Port, database.Number);
        _connections = [database.Connect(), database.Connect()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>One of the two connections, alternately.</summary>
    public RedisConnection Connection() => _connections[_next++ % _connections.Length];
}
