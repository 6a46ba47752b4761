using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Archive.Telemetry;

static partial class Log
{
    [LoggerMessage(600, LogLevel.Information, "Events of {Exchange} with {Bindings} are archived from the queue {Queue}.")]
    public static partial void ArchiveConsumes(this ILogger logger, string exchange, string bindings, string queue);

    [LoggerMessage(
        601,
        LogLevel.Error,
        "An event could not be filed: unexpected error. It is returned to its queue and redelivered. Report this if it happens again."
    )]
    public static partial void EventNotFiled(this ILogger logger, Exception exception);

    [LoggerMessage(
        602,
        LogLevel.Warning,
        "The archive's exchange and bindings could not be checked: {Reason} Retrying in {Seconds} seconds. "
            + "If this persists, check the broker and the permissions of its user."
    )]
    public static partial void ArchiveNotChecked(this ILogger logger, string reason, double seconds);

    [LoggerMessage(603, LogLevel.Information, "The archive's exchange and bindings are restored.")]
    public static partial void ArchiveCheckedAgain(this ILogger logger);

    [LoggerMessage(604, LogLevel.Information, "The exchange {Exchange} did not exist and was declared as a durable topic exchange.")]
    public static partial void ExchangeDeclared(this ILogger logger, string exchange);

    [LoggerMessage(620, LogLevel.Information, "Filing events in {Folder}, layout {Layout}.")]
    public static partial void ArchiveOpened(this ILogger logger, string folder, string layout);

    [LoggerMessage(
        621,
        LogLevel.Error,
        "Filing has stopped: {Reason}. Messages stay in the queue. Filing continues automatically when the folder is writable and has free "
            + "space."
    )]
    public static partial void FilingStopped(this ILogger logger, string reason);

    [LoggerMessage(622, LogLevel.Information, "Filing continues.")]
    public static partial void FilingContinues(this ILogger logger);

    [LoggerMessage(623, LogLevel.Error, "Filing failed: unexpected error. Retrying every second.")]
    public static partial void FilingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        624,
        LogLevel.Warning,
        "A message cannot be filed as JSON and is kept as {File}, routing key {RoutingKey}, message id {MessageId}."
    )]
    public static partial void EventRejected(this ILogger logger, string routingKey, string? messageId, string? file);

    [LoggerMessage(625, LogLevel.Warning, "Expired message ids cannot be removed: {Reason}. Retrying in an hour.")]
    public static partial void IdsNotRemoved(this ILogger logger, string reason);

    [LoggerMessage(
        626,
        LogLevel.Warning,
        "Syncing is disabled (Monarch.Archive.WithoutSync): acknowledged events are lost on a power failure. Use it for measurements "
            + "only."
    )]
    public static partial void ArchiveWithoutSync(this ILogger logger);

    [LoggerMessage(650, LogLevel.Warning, "The event {Key} ({EventId}) could not be published to monarch_events: {Reason}. Retrying.")]
    public static partial void LifecycleNotPublished(this ILogger logger, string key, string eventId, string reason);

    [LoggerMessage(660, LogLevel.Warning, "Events cannot be forwarded: {Reason}. They stay in the queue archive-forward and are retried.")]
    public static partial void ForwardingFails(this ILogger logger, string reason);

    [LoggerMessage(
        661,
        LogLevel.Error,
        "Events cannot be forwarded: the receiver answered {Reason}. They stay in the queue archive-forward and are retried. "
            + "Check ARCHIVE_FORWARD_URL, ARCHIVE_FORWARD_SECRET and the receiver."
    )]
    public static partial void ForwardingMisconfigured(this ILogger logger, string reason);

    [LoggerMessage(662, LogLevel.Information, "Events are forwarded.")]
    public static partial void ForwardingWorks(this ILogger logger);

    [LoggerMessage(
        663,
        LogLevel.Warning,
        "The receiver refused an event: {Reason}. It was moved to the queue archive-forward-refused: routing key {RoutingKey}, message id "
            + "{MessageId}."
    )]
    public static partial void EventRefused(this ILogger logger, string routingKey, string? messageId, string reason);
}
