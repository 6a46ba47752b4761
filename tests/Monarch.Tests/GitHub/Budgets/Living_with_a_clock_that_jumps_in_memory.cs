using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Living_with_a_clock_that_jumps_in_memory() : Living_with_a_clock_that_jumps(new MemoryBench());
