namespace Monarch.Tests.Http;

/// <summary>A clock that stands still.</summary>
sealed class FixedTime : TimeProvider
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
