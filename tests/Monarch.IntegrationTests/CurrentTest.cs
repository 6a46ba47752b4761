using Xunit;

namespace Monarch.IntegrationTests;

/// <summary>For <c>using static</c>: a short name for what nearly every call of a test needs.</summary>
static class CurrentTest
{
    /// <summary>Cancelled when the run is.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
