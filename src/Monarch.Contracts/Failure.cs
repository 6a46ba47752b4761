namespace Monarch.Contracts;

/// <summary>Why an operation failed: its kind, a message and the remedy.</summary>
public sealed record Failure
{
    /// <summary>The kind of the failure: it determines whether work waits, ends or continues.</summary>
    public required FailureKind Kind { get; init; }

    /// <summary>What happened, in one sentence for a person; GitHub's or Slack's message where there is one.</summary>
    public required string Message { get; init; }

    /// <summary>What a person can do about it; null when nothing needs to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>The HTTP status of the answer; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>GitHub's <c>X-GitHub-Request-Id</c>, which GitHub's support asks for; null when there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The earliest time of a retry (UTC); null when the other side gave none.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
