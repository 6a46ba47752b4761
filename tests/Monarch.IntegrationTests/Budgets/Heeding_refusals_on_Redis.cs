using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Heeding_refusals_on_Redis(WorkersDatabase database) : Heeding_refusals(new RedisBench(database)), IClassFixture<WorkersDatabase>;
