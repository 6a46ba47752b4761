using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// One RabbitMQ for all rounds, which no other test uses: it is restarted. And no other test runs meanwhile: neither disturbs the
/// other's times.
/// </summary>
[CollectionDefinition(nameof(ChaosBroker), DisableParallelization = true)]
public sealed class ChaosBroker : ICollectionFixture<ChaosBroker>, IAsyncLifetime
{
    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RabbitMqServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
