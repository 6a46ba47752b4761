using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>A target accepts issues, and the ledger contains every copy that it holds.</summary>
public sealed record TargetPrepared
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The target as GitHub spells it now, <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>The account that writes to the target, as <see cref="CredentialWorking.Account"/> names it.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// What every copy will lack, about the target as a whole; null for nothing, and from an earlier version. It never refuses the target.
    /// </summary>
    public IReadOnlyList<IssueNote>? Notes { get; init; }
}
