namespace Monarch.Contracts.DryRuns;

/// <summary>Continue a dry run: a wait is over, or an answer is missing.</summary>
public sealed record WakeDryRun
{
    /// <summary>The dry run.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>When it was to be woken (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether the process has restarted and lost the messages in flight.</summary>
    public bool IsRestart { get; init; }
}
