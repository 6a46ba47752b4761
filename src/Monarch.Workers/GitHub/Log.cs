using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub;

static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "{Command} could not be done, {Kind}: {Reason} (HTTP {Status}, request {RequestId})")]
    public static partial void CommandFailed(this ILogger logger, string command, FailureKind kind, string reason, int? status, string? requestId);

    [LoggerMessage(2002, LogLevel.Error, "{Command} hit an unforeseen error; its message goes to the _error queue")]
    public static partial void CommandHitABug(this ILogger logger, Exception exception, string command);

    [LoggerMessage(2003, LogLevel.Information, "Read {IssueCount} open issues of {Source} into snapshot {SnapshotId}")]
    public static partial void SourceRead(this ILogger logger, string source, int issueCount, string snapshotId);

    [LoggerMessage(2004, LogLevel.Information, "{Target} is prepared: {AlreadyThere} copies of repository {SourceRepositoryId} are there")]
    public static partial void TargetPrepared(this ILogger logger, string target, int alreadyThere, long sourceRepositoryId);

    [LoggerMessage(2005, LogLevel.Warning, "Snapshot {SnapshotId} is gone or not whole: reading {Source} again")]
    public static partial void SnapshotLost(this ILogger logger, string snapshotId, string source);

    [LoggerMessage(2006, LogLevel.Warning, "Issue {IssueNumber} of {Source} is rejected by {Target}: {Reason}")]
    public static partial void IssueRejected(this ILogger logger, int issueNumber, string source, string target, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "The run ends before issue {IssueNumber} of {Source} for {Target}; the next one begins with it")]
    public static partial void SliceCutShort(this ILogger logger, Exception exception, int issueNumber, string source, string target);

    [LoggerMessage(2008, LogLevel.Information, "Whether issue {IssueNumber} of {Source} was created in {Target} is in doubt: searched, and it {Verdict}")]
    public static partial void DoubtCleared(this ILogger logger, int issueNumber, string source, string target, string verdict);

    [LoggerMessage(2009, LogLevel.Warning, "{Cause}: nothing is created until {Opens:u}, and each target is read again")]
    public static partial void EpochBegan(this ILogger logger, string cause, DateTimeOffset opens);

    [LoggerMessage(2010, LogLevel.Information, "{Deleted} copies of repository {SourceRepositoryId} were deleted in {Target}: they are created again")]
    public static partial void CopiesDeleted(this ILogger logger, string target, int deleted, long sourceRepositoryId);

    [LoggerMessage(2011, LogLevel.Information, "{Source} has not changed: its {IssueCount} open issues are in snapshot {SnapshotId}")]
    public static partial void SourceUnchanged(this ILogger logger, string source, int issueCount, string snapshotId);

    [LoggerMessage(2012, LogLevel.Debug, "{Command} waits until {RetryAt:u}: {Reason}")]
    public static partial void CommandPaced(this ILogger logger, string command, DateTimeOffset? retryAt, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "The budget was not told how a request ended; its grant ends by itself")]
    public static partial void GrantNotEnded(this ILogger logger, Exception exception);

    [LoggerMessage(2014, LogLevel.Warning, "The list of the issues of {Repository} is doubted and read again: {Reason}")]
    public static partial void ListingDoubted(this ILogger logger, string repository, string reason);

    [LoggerMessage(2015, LogLevel.Warning, "{Repository} lists {Open} open issues and counts {Counted}: believed after {Times} equal ones")]
    public static partial void ListingBelieved(this ILogger logger, string repository, int open, int counted, int times);

    [LoggerMessage(2021, LogLevel.Critical, "Credential {Credential} is parked, nothing more is asked of GitHub with it: {Reason}")]
    public static partial void CredentialParked(this ILogger logger, string credential, string reason);

    [LoggerMessage(2022, LogLevel.Information, "Credential {Credential} works again")]
    public static partial void CredentialReleased(this ILogger logger, string credential);

    [LoggerMessage(2023, LogLevel.Debug, "Whether the credential works cannot be looked up or told now; it is tried again")]
    public static partial void CredentialNotReported(this ILogger logger, Exception exception);

    [LoggerMessage(2024, LogLevel.Warning, "Issue {IssueNumber} of {Source} could not be created in {Target}, {Kind}: {Reason} (HTTP {Status}, request {RequestId})")]
    public static partial void IssueFailed(
        this ILogger logger, int issueNumber, string source, string target, FailureKind kind, string reason, int? status, string? requestId);
}
