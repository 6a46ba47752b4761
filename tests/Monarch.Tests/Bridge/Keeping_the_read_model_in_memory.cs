using Monarch.Bridge.Status;

namespace Monarch.Tests.Bridge;

public sealed class Keeping_the_read_model_in_memory : StatusStoreTest
{
    public override ValueTask InitializeAsync()
    {
        Store = new InMemoryStatusStore();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
