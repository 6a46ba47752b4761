namespace Monarch.Tests.Http;

/// <summary>The time of the stubs' answers and of the clocks of their clients.</summary>
static class FixedTime
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
}
