using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>One RabbitMQ for all rounds, which no other test uses: it is restarted.</summary>
public sealed class ChaosBroker : IAsyncLifetime
{
    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RabbitMqServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
