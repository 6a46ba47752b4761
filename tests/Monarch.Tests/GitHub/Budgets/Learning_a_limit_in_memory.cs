using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Learning_a_limit_in_memory() : Learning_a_limit(new MemoryBench());
