namespace Monarch.Sandbox.GitHub;

/// <summary>Who asks, and with which token (null: none).</summary>
sealed record Caller(Account Account, SandboxToken? Token)
{
    /// <summary>The App that calls as itself; null for everybody else, its installations too.</summary>
    public SandboxApp? App { get; init; }

    /// <summary>Whether its token was asked for without any right to issues: then it reads only what is public.</summary>
    public bool LacksIssues { get; init; }

    /// <summary>Whether it is an App or an installation of one.</summary>
    public bool IsIntegration => App is not null || Account.IsInstallation;

    public Permission In(Repository repository)
    {
        var permission = Token is null || !Covers(repository) ? Permission.None : repository.Permission;
        return permission == Permission.None && !repository.Private ? Permission.Pull : permission;
    }

    /// <summary>Whoever may read may open issues, unless a fine-grained token was not given that right.</summary>
    public bool MayWriteIssuesIn(Repository repository) =>
        Token is { ReadOnly: false } && Covers(repository) && repository.IssuesWritable;

    public bool MayReadIssuesIn(Repository repository) => !LacksIssues || !repository.Private;

    bool Covers(Repository repository) =>
        Token!.Repositories.Count == 0
        || Token.Repositories.Any(r => string.Equals(r, repository.FullName, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r, repository.Owner + "/*", StringComparison.OrdinalIgnoreCase));
}
