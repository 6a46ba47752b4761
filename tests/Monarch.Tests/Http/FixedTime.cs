namespace Monarch.Tests.Http;

/// <summary>When the stubs answer, and where the clocks before them stand.</summary>
static class FixedTime
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
}
