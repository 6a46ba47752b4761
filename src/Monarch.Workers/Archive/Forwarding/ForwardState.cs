using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>
/// Whether the receiver accepts events. It logs changes, not each failure, and keeps the time before which the receiver wants nothing.
/// </summary>
sealed class ForwardState(TimeProvider time, ILogger<ForwardState> logger)
{
    readonly Lock _gate = new();
    string? _problem;
    DateTimeOffset _notBefore;

    /// <summary>How long nothing is posted.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
            {
                var pause = _notBefore - time.GetUtcNow();
                return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Notes an answer.</summary>
    public void Note(ForwardAnswer answer)
    {
        lock (_gate)
        {
            if (answer.RetryAt > _notBefore)
            {
                _notBefore = answer.RetryAt.Value;
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
            }
            else if (answer.IsMisconfigured)
            {
                logger.ForwardingMisconfigured(problem);
            }
            else
            {
                logger.ForwardingFails(problem);
            }
        }
    }
}
