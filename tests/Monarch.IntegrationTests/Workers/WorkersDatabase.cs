using Monarch.Redis.Connection;
using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

/// <summary>One Redis database for a class of tests, and two connections to it, as two processes have them.</summary>
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

    /// <summary>The two connections in turn.</summary>
    public RedisConnection Connection() => _connections[_next++ % _connections.Length];
}
