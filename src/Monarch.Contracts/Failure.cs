namespace Monarch.Contracts;

/// <summary>Why something could not be done, sorted, in GitHub's own words and with what a person can do about it.</summary>
public sealed record Failure
{
    /// <summary>What sort of failure it is: it decides who waits, who ends and who goes on.</summary>
    public required FailureKind Kind { get; init; }

    /// <summary>What happened, in one sentence for a person; GitHub's or Slack's own message where there is one.</summary>
    public required string Message { get; init; }

    /// <summary>What a person can do about it; null when nothing needs to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>The HTTP status of the answer; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>GitHub's <c>X-GitHub-Request-Id</c>, which GitHub's support asks for; null when there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Not before this time (UTC) may it be tried again; null when the other side named no time.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
