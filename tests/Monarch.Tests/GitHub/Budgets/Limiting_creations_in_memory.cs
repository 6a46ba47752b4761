using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Limiting_creations_in_memory() : Limiting_creations(new MemoryBench());
