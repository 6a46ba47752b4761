namespace Monarch.Sandbox.Limits;

/// <summary>What the <c>x-ratelimit-*</c> headers tell.</summary>
readonly record struct PrimaryWindow(int Limit, int Remaining, int Used, DateTimeOffset Reset)
{
    /// <summary>Whole seconds since 1970, rounded up: whoever waits until then waited long enough.</summary>
    public long ResetSeconds => (long)Math.Ceiling((Reset - DateTimeOffset.UnixEpoch).TotalSeconds);
}
