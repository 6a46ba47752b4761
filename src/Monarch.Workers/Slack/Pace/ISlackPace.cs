namespace Monarch.Workers.Slack.Pace;

/// <summary>The pace of all workers together: in Redis, or in memory for a single process.</summary>
interface ISlackPace
{
    /// <summary>Reserves the next turn under all limits, unless it is too far ahead.</summary>
    /// <param name="limits">The limits that the call counts towards.</param>
    /// <param name="longest">How far ahead a turn may be to be reserved.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The turn, or how far ahead it is.</returns>
    Task<SlackTurn> TakeAsync(IReadOnlyList<SlackLimit> limits, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Grants no turn under these limits for a while, because Slack asked to wait.</summary>
    /// <param name="limits">The limits that the refused call counted towards.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CloseAsync(IReadOnlyList<SlackLimit> limits, TimeSpan wait, CancellationToken cancellationToken);
}

/// <summary>A turn, or how far ahead the next one is.</summary>
/// <param name="IsReserved">Whether the turn is reserved for the caller.</param>
/// <param name="Wait">How long it is until then.</param>
readonly record struct SlackTurn(bool IsReserved, TimeSpan Wait);

/// <summary>A limit that calls to Slack share.</summary>
/// <param name="Name">The scope of the limit, such as a channel.</param>
/// <param name="Interval">The average time between two calls.</param>
/// <param name="Burst">How many calls may follow each other immediately after an idle time.</param>
readonly record struct SlackLimit(string Name, TimeSpan Interval, int Burst)
{
    /// <summary>How far calls may be ahead of the average.</summary>
    public TimeSpan Tolerance => Interval * (Burst - 1);
}
