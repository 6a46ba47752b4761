using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>The account of a request and its token (null: none).</summary>
sealed record Caller(Account Account, SandboxToken? Token)
{
    /// <summary>The App that authenticated with its JWT; null for all other callers, including its installations.</summary>
    public SandboxApp? App { get; init; }

    /// <summary>Whether its token was requested without any permission on issues: then it reads only public issues.</summary>
    public bool LacksIssues { get; init; }

    /// <summary>Whether it is an App or an installation of one.</summary>
    public bool IsIntegration => App is not null || Account.IsInstallation;

    public Permission PermissionIn(Repository repository)
    {
        var permission = Token is null || !Covers(repository) ? Permission.None : repository.Permission;
        return permission == Permission.None && !repository.Private ? Permission.Pull : permission;
    }

    /// <summary>Every token with read access may open issues, unless a fine-grained token lacks that permission.</summary>
    public bool MayWriteIssuesIn(Repository repository) => Token is { ReadOnly: false } && Covers(repository) && repository.IssuesWritable;

    public bool MayReadIssuesIn(Repository repository) => !LacksIssues || !repository.Private;

    bool Covers(Repository repository) =>
        Token!.Repositories.Count == 0
        || Token.Repositories.Any(r =>
            string.Equals(r, repository.FullName, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r, repository.Owner + "/*", StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>The permission of an account in a repository; each includes the previous ones.</summary>
enum Permission
{
    None,
    Pull,
    Triage,
    Push,
    Maintain,
    Admin,
}
