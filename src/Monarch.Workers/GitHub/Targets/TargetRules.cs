using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Whether a repository takes issues, by what GitHub says of it before the first one is sent.</summary>
/// <remarks>
/// Who may read a repository may create issues in it. Without write access GitHub drops their labels, milestone and assignees, of which
/// Monarch sends none. What a token or an App may do with issues, GitHub does not say before it is tried.
/// </remarks>
static class TargetRules
{
    /// <returns>Why it does not, with the remedy; null when it does.</returns>
    public static Failure? Refusal(Repository repository) => repository switch
    {
        { Archived: true } => Refused($"{repository.FullName} is archived, so it is read-only.", "Unarchive it in its settings, then ask again."),
        { Disabled: true } => Refused($"{repository.FullName} is disabled by GitHub.", "Its owner has to settle that with GitHub."),
        { HasIssues: false } => Refused($"Issues are turned off in {repository.FullName}.", "Turn on Issues in the repository's settings, then ask again."),
        _ => null,
    };

    static Failure Refused(string message, string remedy) => new() { Kind = FailureKind.RefusedTarget, Message = message, Remedy = remedy };
}
