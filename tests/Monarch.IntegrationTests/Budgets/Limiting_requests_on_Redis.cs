using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Limiting_requests_on_Redis(WorkersDatabase database) : Limiting_requests(new RedisBench(database)), IClassFixture<WorkersDatabase>;
