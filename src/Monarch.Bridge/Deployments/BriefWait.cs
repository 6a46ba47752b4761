namespace Monarch.Bridge.Deployments;

/// <summary>
/// Waits for the effect of a saga while a caller waits for the response: ten seconds at most, over all waits of one request.
/// </summary>
sealed class BriefWait(TimeProvider time)
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    readonly long _since = time.GetTimestamp();

    /// <param name="read">Returns null until it has happened.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it has not happened in time.</returns>
    public async Task<T?> UntilAsync<T>(Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await read() is { } seen)
            {
                return seen;
            }

            if (time.GetElapsedTime(_since) >= Longest)
            {
                return null;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
