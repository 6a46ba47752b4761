using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Heeding_refusals_in_memory() : Heeding_refusals(new MemoryBench());
