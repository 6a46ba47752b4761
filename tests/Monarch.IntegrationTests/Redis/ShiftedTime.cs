namespace Monarch.IntegrationTests.Redis;

/// <summary>The clock of a host that is ahead of all others, or behind them.</summary>
sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
