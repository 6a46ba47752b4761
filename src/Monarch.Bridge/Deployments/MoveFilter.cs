using Microsoft.AspNetCore.Http;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Selects moves.</summary>
/// <param name="Project">The project's key; null means any.</param>
/// <param name="Status">The status; null means any.</param>
sealed record MoveFilter(string? Project, IssueStatus? Status)
{
    public const string ProjectField = "project_name";
    public const string StatusField = "status";

    static readonly string[] Fields = [ProjectField, StatusField];

    /// <returns>The filter, or null and the faults.</returns>
    /// <param name="project">The project's key; null means any.</param>
    /// <param name="status">The status; null means any.</param>
    /// <param name="strict">The query, where an unknown filter is refused and not ignored; null where it is ignored.</param>
    public static (MoveFilter? Filter, IReadOnlyList<RequestFault> Faults) Read(
        string? project,
        string? status,
        IQueryCollection? strict = null
    )
    {
        var faults = new List<RequestFault>();
        faults.AddRange(
            (strict?.Keys ?? [])
                .Where(name => !Fields.Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(name => new RequestFault(
                    "The filter",
                    $"'{OneLine.Of(name)}' is unknown: give {ProjectField} and {StatusField}, or leave them out for all."
                ))
        );
        // A script with an empty variable would otherwise select and remove all.
        if (project is { Length: 0 })
        {
            faults.Add(new(ProjectField, "is empty: give the key of a project, or leave it out for all."));
        }

        IssueStatus? found = status is null ? null : MoveTranslator.ReadStatus(StatusField, status, faults);
        return faults.Count == 0 ? (new(project?.ToUpperInvariant(), found), []) : (null, faults);
    }

    public bool Matches(string project, IssueStatus status) =>
        (Project is null || Project == project) && (Status is null || Status == status);
}
