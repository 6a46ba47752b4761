using Xunit;

namespace Monarch.IntegrationTests;

/// <summary>For tests that no other test runs beside: neither disturbs the other's times.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
