namespace Monarch.Workers.Slack.Pace;

/// <summary>The pace of all workers together: in Redis, or in memory where one process works alone.</summary>
interface ISlackPace
{
    /// <summary>Reserves the next turn under all limits, unless it is too far ahead.</summary>
    /// <param name="limits">The limits that the call counts towards.</param>
    /// <param name="longest">How far ahead a turn may be to be reserved.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The turn, or how far ahead it is.</returns>
    Task<SlackTurn> TakeAsync(IReadOnlyList<SlackLimit> limits, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Slack asks to wait: no turn under these limits comes before.</summary>
    /// <param name="limits">The limits that the refused call counted towards.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CloseAsync(IReadOnlyList<SlackLimit> limits, TimeSpan wait, CancellationToken cancellationToken);
}

/// <summary>A turn, or how far ahead the next one is.</summary>
/// <param name="IsReserved">Whether the caller has it.</param>
/// <param name="Wait">How long it is until then.</param>
readonly record struct SlackTurn(bool IsReserved, TimeSpan Wait);

/// <summary>A limit that calls to Slack share.</summary>
/// <param name="Name">What it belongs to, such as a channel.</param>
/// <param name="Interval">From one call to the next on average.</param>
/// <param name="Burst">How many calls may come at once after a silence.</param>
readonly record struct SlackLimit(string Name, TimeSpan Interval, int Burst)
{
    /// <summary>How far calls may be ahead of the average.</summary>
    public TimeSpan Tolerance => Interval * (Burst - 1);
}
