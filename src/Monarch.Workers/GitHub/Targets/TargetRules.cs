using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Tells from what GitHub says of a repository whether it takes issues from us, before the first one is sent.</summary>
static class TargetRules
{
    /// <returns>Why it does not, with the remedy; null when it does.</returns>
    public static Failure? Refusal(Repository repository, GitHubAccount account) => repository switch
    {
        { Archived: true } => Refused($"{repository.FullName} is archived, so it is read-only.", "Unarchive it in its settings, then ask again."),
        { Disabled: true } => Refused($"{repository.FullName} is disabled by GitHub.", "Its owner has to settle that with GitHub."),
        { HasIssues: false } => Refused($"Issues are turned off in {repository.FullName}.", "Turn on Issues in the repository's settings, then ask again."),
        // Of an App GitHub tells there what it may do with the code, and nothing about issues.
        { Permissions.Push: false } when !account.IsInstallation => Refused(
            $"The account of the token{(account.Login is { } login ? $", {login}," : "")} may read {repository.FullName} but not write to it.",
            "Give the account write access to the repository, then ask again."),
        _ => null,
    };

    static Failure Refused(string message, string remedy) => new() { Kind = FailureKind.RefusedTarget, Message = message, Remedy = remedy };
}
