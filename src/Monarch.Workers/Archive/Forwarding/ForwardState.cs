using System.Globalization;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>
/// The state of the receiver. It logs changes rather than each failure, and keeps the wait that the receiver requested.
/// </summary>
sealed class ForwardState(TimeProvider time, ILogger<ForwardState> logger)
{
    // An excessive Retry-After must not stop forwarding for days.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly Lock _gate = new();
    string? _problem;
    (long Since, TimeSpan Lasts) _pause;

    /// <summary>The remaining wait before the next post.</summary>
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

    // By elapsed time, because the clock may be set meanwhile.
    TimeSpan Left => _pause.Lasts - time.GetElapsedTime(_pause.Since) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Records an answer.</summary>
    public void Record(ForwardAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Outcome == ForwardOutcome.Delivered)
            {
                _pause = default;
            }
            else if (answer.RetryAfter is { } requested && (requested < Longest ? requested : Longest) is var pause && pause > Left)
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

            var reason =
                Left > TimeSpan.Zero
                    ? string.Create(CultureInfo.InvariantCulture, $"{problem}, Retry-After {Left.TotalSeconds:0} s")
                    : problem;
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
