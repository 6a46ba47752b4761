namespace Monarch.Contracts.Deployments;

/// <summary>
/// An issue was moved to a status that has a server. For services on the bus: publish it, or send it to
/// <see cref="EndpointNames.ServerDeployment"/>.
/// It is trusted: the project is not compared with the configured ones.
/// </summary>
public sealed record IssueMoved
{
    /// <summary>The issue, such as <c>ABC-123</c>.</summary>
    public required string IssueId { get; init; }

    /// <summary>The status that it was moved to.</summary>
    public required IssueStatus Status { get; init; }

    /// <summary>When it was moved (UTC). One move has one time: the same issue with the same or an earlier time is a duplicate.</summary>
    public required DateTimeOffset MovedAt { get; init; }
}
