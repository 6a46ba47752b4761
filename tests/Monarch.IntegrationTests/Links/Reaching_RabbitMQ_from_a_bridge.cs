using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_RabbitMQ_from_a_bridge(BridgeToRabbitMq link) : LinkTest(link), IClassFixture<BridgeToRabbitMq>;
