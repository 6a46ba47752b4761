using Monarch.Tests.GitHub.Budgets.Suites;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Limiting_requests_in_memory() : Limiting_requests(new MemoryBench());
