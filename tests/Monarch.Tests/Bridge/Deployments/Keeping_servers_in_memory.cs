using Monarch.Bridge.Deployments;

namespace Monarch.Tests.Bridge.Deployments;

public sealed class Keeping_servers_in_memory : ServerViewsTest
{
    public override ValueTask InitializeAsync()
    {
        Views = new InMemoryServerViews();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
