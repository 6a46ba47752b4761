using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Queueing_for_a_grant_in_memory() : Queueing_for_a_grant(new MemoryBench());
