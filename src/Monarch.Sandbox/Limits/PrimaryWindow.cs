namespace Monarch.Sandbox.Limits;

/// <summary>The values of the <c>x-ratelimit-*</c> headers.</summary>
readonly record struct PrimaryWindow(int Limit, int Remaining, int Used, DateTimeOffset Reset)
{
    /// <summary>Whole seconds since 1970, rounded up so that waiting until then is sufficient.</summary>
    public long ResetSeconds => (long)Math.Ceiling((Reset - DateTimeOffset.UnixEpoch).TotalSeconds);
}
