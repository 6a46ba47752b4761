using Monarch.Contracts;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Repositories;

/// <summary>Decides from the repository's state whether it accepts issues.</summary>
/// <remarks>
/// Read access is sufficient to create issues. Without write access GitHub drops labels, milestone, type and assignees, which is reported
/// of each copy. GitHub does not report the permissions of a token or an App before the first request.
/// </remarks>
static class TargetRules
{
    /// <returns>The failure with its remedy; null when the repository accepts issues.</returns>
    public static Failure? Refusal(Repository repository) =>
        repository switch
        {
            { Archived: true } => Refused(
                $"{repository.FullName} is archived, so it is read-only.",
                "Unarchive it in its settings, then retry."
            ),
            { Disabled: true } => Refused($"{repository.FullName} is disabled by GitHub.", "Its owner must contact GitHub."),
            { HasIssues: false } => Refused(
                $"Issues are turned off in {repository.FullName}.",
                "Turn on Issues in the repository's settings, then retry."
            ),
            _ => null,
        };

    /// <summary>The failure of a target that is the source.</summary>
    public static Failure IsSource(string fullName) => Refused($"{fullName} is the source itself.", "Name the team's repository instead.");

    static Failure Refused(string message, string remedy) =>
        new()
        {
            Kind = FailureKind.RefusedTarget,
            Message = message,
            Remedy = remedy,
        };
}
