using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Learning_a_limit_on_Redis(WorkersDatabase database) : Learning_a_limit(new RedisBench(database)), IClassFixture<WorkersDatabase>;
