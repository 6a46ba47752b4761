using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Limiting_creations_on_Redis(WorkersDatabase database) : Limiting_creations(new RedisBench(database)), IClassFixture<WorkersDatabase>;
