using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub;

static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "{Command} failed, {Kind}: {Reason} (HTTP {Status}, request {RequestId})")]
    public static partial void CommandFailed(
        this ILogger logger,
        string command,
        FailureKind kind,
        string reason,
        int? status,
        string? requestId
    );

    [LoggerMessage(2002, LogLevel.Error, "{Command} failed with an unexpected error; its message is moved to the _error queue")]
    public static partial void CommandHitABug(this ILogger logger, Exception exception, string command);

    [LoggerMessage(2003, LogLevel.Information, "Read {IssueCount} open issues of {Source} into snapshot {SnapshotId}")]
    public static partial void SourceRead(this ILogger logger, string source, int issueCount, string snapshotId);

    [LoggerMessage(2004, LogLevel.Information, "Prepared {Target}: it contains {AlreadyThere} copies from repository {SourceRepositoryId}")]
    public static partial void TargetPrepared(this ILogger logger, string target, int alreadyThere, long sourceRepositoryId);

    [LoggerMessage(2005, LogLevel.Warning, "Snapshot {SnapshotId} is missing or incomplete; reading {Source} again")]
    public static partial void SnapshotLost(this ILogger logger, string snapshotId, string source);

    [LoggerMessage(2006, LogLevel.Warning, "{Target} rejected issue {IssueNumber} of {Source}: {Reason}")]
    public static partial void IssueRejected(this ILogger logger, int issueNumber, string source, string target, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "Stopped before issue {IssueNumber} of {Source} for {Target}; the next command starts with it")]
    public static partial void SliceCutShort(this ILogger logger, Exception exception, int issueNumber, string source, string target);

    [LoggerMessage(
        2008,
        LogLevel.Information,
        "Searched {Target} for issue {IssueNumber} of {Source} after an attempt with unknown result: it {Verdict}"
    )]
    public static partial void DoubtCleared(this ILogger logger, int issueNumber, string source, string target, string verdict);

    [LoggerMessage(2009, LogLevel.Warning, "{Cause}: no issue is created until {Opens:u}, and each target is read again")]
    public static partial void EpochBegan(this ILogger logger, string cause, DateTimeOffset opens);

    [LoggerMessage(
        2010,
        LogLevel.Information,
        "{Deleted} copies from repository {SourceRepositoryId} were deleted in {Target}; they are created again"
    )]
    public static partial void CopiesDeleted(this ILogger logger, string target, int deleted, long sourceRepositoryId);

    [LoggerMessage(2011, LogLevel.Information, "{Source} is unchanged: snapshot {SnapshotId} contains its {IssueCount} open issues")]
    public static partial void SourceUnchanged(this ILogger logger, string source, int issueCount, string snapshotId);

    [LoggerMessage(2012, LogLevel.Debug, "{Command} is deferred until {RetryAt:u}: {Reason}")]
    public static partial void CommandPaced(this ILogger logger, string command, DateTimeOffset? retryAt, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "Failed to report the end of a request to the budget; its grant expires with its lease")]
    public static partial void GrantNotEnded(this ILogger logger, Exception exception);

    [LoggerMessage(2014, LogLevel.Warning, "The issue list of {Repository} may be incomplete and is read again: {Reason}")]
    public static partial void ListingDoubted(this ILogger logger, string repository, string reason);

    [LoggerMessage(
        2015,
        LogLevel.Warning,
        "{Repository} lists {Open} open issues and counts {Counted}: accepted after {Times} equal listings"
    )]
    public static partial void ListingBelieved(this ILogger logger, string repository, int open, int counted, int times);

    [LoggerMessage(2021, LogLevel.Critical, "Credential {Credential} is parked and no longer used: {Reason}")]
    public static partial void CredentialParked(this ILogger logger, string credential, string reason);

    [LoggerMessage(2022, LogLevel.Information, "Credential {Credential} is accepted again")]
    public static partial void CredentialReleased(this ILogger logger, string credential);

    [LoggerMessage(2023, LogLevel.Debug, "Failed to read or publish the state of a credential; retrying")]
    public static partial void CredentialNotReported(this ILogger logger, Exception exception);

    [LoggerMessage(
        2024,
        LogLevel.Warning,
        "Issue {IssueNumber} of {Source} could not be created in {Target}, {Kind}: {Reason} (HTTP {Status}, request {RequestId})"
    )]
    public static partial void IssueFailed(
        this ILogger logger,
        int issueNumber,
        string source,
        string target,
        FailureKind kind,
        string reason,
        int? status,
        string? requestId
    );

    [LoggerMessage(2025, LogLevel.Warning, "{Repository} lacks {Name}, and GitHub refuses to create it: {Reason}")]
    public static partial void FieldRefused(this ILogger logger, string repository, string name, string reason);

    [LoggerMessage(2026, LogLevel.Warning, "The copy of issue {IssueNumber} of {Source} in {Target} could not be finished: {Reason}")]
    public static partial void CopyUnfinished(this ILogger logger, int issueNumber, string source, string target, string reason);

    [LoggerMessage(2027, LogLevel.Error, "Finishing the copy of issue {IssueNumber} of {Source} in {Target} hit a bug")]
    public static partial void CopyHitABug(this ILogger logger, Exception exception, int issueNumber, string source, string target);

    [LoggerMessage(
        2028,
        LogLevel.Information,
        "A comment on issue {IssueNumber} that GitHub may have added to its copy in {Target} was searched for: it {Result}"
    )]
    public static partial void CommentSearched(this ILogger logger, int issueNumber, string target, string result);

    [LoggerMessage(2035, LogLevel.Warning, "{Fields} are not copied to {Repository}: {Reason}")]
    public static partial void TargetLacks(this ILogger logger, string repository, string fields, string reason);

    [LoggerMessage(2036, LogLevel.Information, "{Repository} was checked: {Create} issues would be created, {AlreadyThere} exist")]
    public static partial void TargetPlanned(this ILogger logger, string repository, int create, int alreadyThere);
}
