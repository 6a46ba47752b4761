using System.Net;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge;

static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "A request is accepted as batch {BatchId}: {Source} into {TargetCount} repositories, from {Origin}")]
    public static partial void RequestAccepted(this ILogger logger, Guid batchId, string source, int targetCount, string origin);

    [LoggerMessage(1002, LogLevel.Warning, "A request from {Origin} ({Length} bytes) is refused for {FaultCount} faults, in: {Fields}. GET /api/rejected tells them")]
    public static partial void RequestRejected(this ILogger logger, string origin, int length, int faultCount, string fields);

    [LoggerMessage(1003, LogLevel.Information, "Batch {BatchId} is sent to its saga: {Source} into {TargetCount} repositories")]
    public static partial void RequestSent(this ILogger logger, Guid batchId, string source, int targetCount);

    [LoggerMessage(1004, LogLevel.Debug, "Batch {BatchId} is saved; its entry leaves the intake")]
    public static partial void BatchSaved(this ILogger logger, Guid batchId);

    [LoggerMessage(1005, LogLevel.Warning, "The intake is interrupted; it goes on by itself and nothing in it is lost")]
    public static partial void IntakeInterrupted(this ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Information, "Listening to the Redis channel {Channel}")]
    public static partial void Listening(this ILogger logger, string channel);

    [LoggerMessage(1023, LogLevel.Warning, "Repositories of any owner may be named, by everyone who can publish on Redis. Name the owners in MONARCH_ALLOWED_OWNERS")]
    public static partial void AnyOwnerAllowed(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Warning, "Cannot listen to the Redis channel {Channel}; it is tried again every second")]
    public static partial void CannotListen(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(1008, LogLevel.Warning, "A request cannot be written to the intake; it is held and tried again every second")]
    public static partial void CannotWriteIntake(this ILogger logger, Exception exception);

    [LoggerMessage(1009, LogLevel.Error, "Entry {EntryId} of the intake cannot be handled; it is tried again, and the others go on")]
    public static partial void EntryFailed(this ILogger logger, Exception exception, string entryId);

    [LoggerMessage(1010, LogLevel.Error, "A publication hit an unforeseen error and is dropped; this is a bug, please report it")]
    public static partial void PublicationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1011, LogLevel.Debug, "{MoveCount} moves of {Project} to {Status} are sent to their server's saga")]
    public static partial void MovesSent(this ILogger logger, int moveCount, string project, IssueStatus status);

    [LoggerMessage(1012, LogLevel.Debug, "{IssueId} was moved to {Status}, says {Source}")]
    public static partial void MoveReceived(this ILogger logger, string issueId, IssueStatus status, string source);

    [LoggerMessage(1013, LogLevel.Information, "A message from {Source} ({Length} bytes) is refused; its faults are in: {Fields}")]
    public static partial void MoveRefused(this ILogger logger, string source, int length, string fields);

    [LoggerMessage(1014, LogLevel.Warning, "A delivery from {Source} at {Address} is not authenticated and was refused. Compare the secret or the password with that of the tracker")]
    public static partial void TrackerNotAuthenticated(this ILogger logger, string source, IPAddress? address);

    [LoggerMessage(1015, LogLevel.Debug, "A delivery from {Source} is ignored: {Reason}")]
    public static partial void DeliveryIgnored(this ILogger logger, string source, string reason);

    [LoggerMessage(1021, LogLevel.Information, "{Kind} of batch {BatchId} is asked for, since: {Reason}")]
    public static partial void CommandSent(this ILogger logger, InterventionKind kind, Guid batchId, string? reason);

    [LoggerMessage(1022, LogLevel.Warning, "{Command} cannot be sent; whoever gave it is told so")]
    public static partial void CommandNotSent(this ILogger logger, Exception exception, string command);
}
