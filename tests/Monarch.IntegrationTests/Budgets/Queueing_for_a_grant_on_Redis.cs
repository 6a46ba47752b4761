using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Queueing_for_a_grant_on_Redis(WorkersDatabase database) : Queueing_for_a_grant(new RedisBench(database)), IClassFixture<WorkersDatabase>;
