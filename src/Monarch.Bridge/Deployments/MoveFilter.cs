using Monarch.Bridge.Requests;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Which moves are asked for.</summary>
/// <param name="Project">The project's key; null means any.</param>
/// <param name="Status">The status; null means any.</param>
sealed record MoveFilter(string? Project, IssueStatus? Status)
{
    public const string ProjectField = "project_name";
    public const string StatusField = "status";

    /// <returns>The filter, or null and the faults.</returns>
    public static (MoveFilter? Filter, IReadOnlyList<RequestFault> Faults) Read(string? project, string? status)
    {
        var faults = new List<RequestFault>();
        // A script whose variable is empty would ask for all, and remove all.
        if (project is { Length: 0 })
        {
            faults.Add(new(ProjectField, "is empty: give the key of a project, or leave it out for all."));
        }

        IssueStatus? found = status is null ? null : MoveTranslator.ReadStatus(StatusField, status, faults);
        return faults.Count == 0 ? (new(project?.ToUpperInvariant(), found), []) : (null, faults);
    }

    public bool Matches(string project, IssueStatus status) => (Project is null || Project == project) && (Status is null || Status == status);
}
