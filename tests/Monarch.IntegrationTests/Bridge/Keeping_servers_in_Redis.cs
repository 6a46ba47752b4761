using Monarch.Bridge.Deployments;
using Monarch.Redis.Connection;
using Monarch.Tests.Bridge.Deployments;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Keeping_servers_in_Redis(Servers servers) : ServerViewsTest
{
    RedisConnection _redis = null!;

    public override async ValueTask InitializeAsync()
    {
        _redis = (await servers.RedisAsync()).Connect();
        Views = new RedisServerViews(_redis);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _redis.DisposeAsync();
    }
}
