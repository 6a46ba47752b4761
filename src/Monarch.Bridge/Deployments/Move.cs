using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>An issue was moved to a status.</summary>
/// <param name="Project">The key of a configured project.</param>
/// <param name="Number">The issue's number.</param>
/// <param name="Status">The status.</param>
/// <param name="At">When, by the tracker's clock (UTC); null means when it was received.</param>
sealed record Move(string Project, int Number, IssueStatus Status, DateTimeOffset? At = null)
{
    public string Issue => IssueId.Of(Project, Number);
}
