using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_RabbitMQ_from_a_worker(WorkerToRabbitMq link) : LinkTest(link), IClassFixture<WorkerToRabbitMq>;
