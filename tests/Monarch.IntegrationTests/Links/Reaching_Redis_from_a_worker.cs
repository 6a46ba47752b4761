using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_Redis_from_a_worker(WorkerToRedis link) : LinkTest(link), IClassFixture<WorkerToRedis>;
