using System.Net;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Telemetry;

static partial class Log
{
    [LoggerMessage(
        1001,
        LogLevel.Information,
        "Accepted a request as migration {BatchId}: {Source} into {TargetCount} repositories, from {Origin}"
    )]
    public static partial void RequestAccepted(this ILogger logger, Guid batchId, string source, int targetCount, string origin);

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "Refused a request from {Origin} ({Length} bytes): {FaultCount} faults in {Fields}. GET /api/rejected lists them"
    )]
    public static partial void RequestRejected(this ILogger logger, string origin, int length, int faultCount, string fields);

    [LoggerMessage(1003, LogLevel.Information, "Sent migration {BatchId} to its saga: {Source} into {TargetCount} repositories")]
    public static partial void RequestSent(this ILogger logger, Guid batchId, string source, int targetCount);

    [LoggerMessage(1004, LogLevel.Debug, "Migration {BatchId} is saved; removed its entry from the intake")]
    public static partial void BatchSaved(this ILogger logger, Guid batchId);

    [LoggerMessage(1005, LogLevel.Warning, "The intake is interrupted. Retrying every second; no entry is lost")]
    public static partial void IntakeInterrupted(this ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Information, "Listening to the Redis channel {Channel}")]
    public static partial void Listening(this ILogger logger, string channel);

    [LoggerMessage(
        1023,
        LogLevel.Warning,
        "Everyone who can publish on Redis may name repositories of any owner. List the allowed owners in MONARCH_ALLOWED_OWNERS"
    )]
    public static partial void AnyOwnerAllowed(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Warning, "Cannot subscribe to the Redis channel {Channel}. Retrying every second")]
    public static partial void CannotListen(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(1008, LogLevel.Warning, "Cannot write a request to the intake. Retrying every second")]
    public static partial void CannotWriteIntake(this ILogger logger, Exception exception);

    [LoggerMessage(1009, LogLevel.Error, "Cannot handle entry {EntryId} of the intake. It is retried; other entries are not affected")]
    public static partial void EntryFailed(this ILogger logger, Exception exception, string entryId);

    [LoggerMessage(1010, LogLevel.Error, "Dropped a publication after an unexpected error. This is a bug; please report it")]
    public static partial void PublicationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1011, LogLevel.Debug, "Sent {MoveCount} moves of {Project} to {Status} to the saga of their server")]
    public static partial void MovesSent(this ILogger logger, int moveCount, string project, IssueStatus status);

    [LoggerMessage(1012, LogLevel.Debug, "Received from {Source}: {IssueId} was moved to {Status}")]
    public static partial void MoveReceived(this ILogger logger, string issueId, IssueStatus status, string source);

    [LoggerMessage(1013, LogLevel.Information, "Refused a message from {Source} ({Length} bytes): faults in {Fields}")]
    public static partial void MoveRefused(this ILogger logger, string source, int length, string fields);

    [LoggerMessage(
        1014,
        LogLevel.Warning,
        "Refused a delivery from {Source} at {Address}: it is not authenticated. Compare its secret or password with the tracker's"
    )]
    public static partial void TrackerNotAuthenticated(this ILogger logger, string source, IPAddress? address);

    [LoggerMessage(1015, LogLevel.Debug, "Ignored a delivery from {Source}: {Reason}")]
    public static partial void DeliveryIgnored(this ILogger logger, string source, string reason);

    [LoggerMessage(1021, LogLevel.Information, "{Kind} of migration {BatchId} is requested: {Reason}")]
    public static partial void CommandSent(this ILogger logger, InterventionKind kind, Guid batchId, string? reason);

    [LoggerMessage(1022, LogLevel.Warning, "Cannot send {Command}. The caller is notified")]
    public static partial void CommandNotSent(this ILogger logger, Exception exception, string command);

    [LoggerMessage(1025, LogLevel.Information, "Dry run {DryRunId} of {Source} started for {TargetCount} repositories")]
    public static partial void DryRunStarted(this ILogger logger, Guid dryRunId, string source, int targetCount);
}
