using System.Globalization;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>
/// Whether the receiver accepts events. It logs changes, not each failure, and keeps how long the receiver wants nothing.
/// </summary>
sealed class ForwardState(TimeProvider time, ILogger<ForwardState> logger)
{
    // A receiver that is wrong about it must not stop forwarding for days.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly Lock _gate = new();
    string? _problem;
    (long Since, TimeSpan Lasts) _pause;

    /// <summary>How long nothing is posted.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
            {
                return Left;
            }
        }
    }

    // By elapsed time: the clock may be set meanwhile.
    TimeSpan Left => _pause.Lasts - time.GetElapsedTime(_pause.Since) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Notes an answer.</summary>
    public void Note(ForwardAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Outcome == ForwardOutcome.Delivered)
            {
                _pause = default;
            }
            else if (answer.RetryAfter is { } wanted && (wanted < Longest ? wanted : Longest) is var pause && pause > Left)
            {
                _pause = (time.GetTimestamp(), pause);
            }

            var problem = answer.Outcome == ForwardOutcome.Retried ? answer.Reason : null;
            if (problem == _problem)
            {
                return;
            }

            _problem = problem;
            if (problem is null)
            {
                logger.ForwardingWorks();
                return;
            }

            var reason = Left > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{problem}, Retry-After {Left.TotalSeconds:0} s") : problem;
            if (answer.IsMisconfigured)
            {
                logger.ForwardingMisconfigured(reason);
            }
            else
            {
                logger.ForwardingFails(reason);
            }
        }
    }
}
