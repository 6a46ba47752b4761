using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Running;

static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "{Server} is deployed (deployment {DeploymentId}): {Command}")]
    public static partial void DeploymentBegun(this ILogger logger, string server, Guid deploymentId, string command);

    [LoggerMessage(4004, LogLevel.Information, "{Server} has been deployed (deployment {DeploymentId})")]
    public static partial void DeploymentSucceeded(this ILogger logger, string server, Guid deploymentId);

    [LoggerMessage(4005, LogLevel.Warning, "{Server} has not been deployed (deployment {DeploymentId}), {Outcome}: {Reason}")]
    public static partial void DeploymentNotSucceeded(this ILogger logger, string server, Guid deploymentId, DeploymentOutcome outcome, string? reason);

    [LoggerMessage(4006, LogLevel.Warning, "The lease of {Server} (deployment {DeploymentId}) cannot be renewed: {Reason}. The command is killed shortly before the lease expires")]
    public static partial void LeaseNotRenewed(this ILogger logger, string server, Guid deploymentId, string reason);

    [LoggerMessage(4007, LogLevel.Information, "The lease of {Server} (deployment {DeploymentId}) is renewed again")]
    public static partial void LeaseRenewedAgain(this ILogger logger, string server, Guid deploymentId);

    [LoggerMessage(4008, LogLevel.Warning, "How deployment {DeploymentId} ended cannot be recorded: {Reason}. It is tried again every second")]
    public static partial void EndNotRecorded(this ILogger logger, Guid deploymentId, string reason);

    [LoggerMessage(4009, LogLevel.Error, "How deployment {DeploymentId} ended could not be recorded: it may be reported as interrupted, {Outcome} though it is")]
    public static partial void EndGivenUp(this ILogger logger, Guid deploymentId, DeploymentOutcome outcome);

    [LoggerMessage(4010, LogLevel.Warning, "How deployment {DeploymentId} ended cannot be published: {Reason}. It is tried again every second")]
    public static partial void EndNotPublished(this ILogger logger, Guid deploymentId, string reason);

    [LoggerMessage(4011, LogLevel.Error, "The deployment of {Server} (deployment {DeploymentId}) cannot be started")]
    public static partial void DeploymentNotStarted(this ILogger logger, Exception exception, string server, Guid deploymentId);

    [LoggerMessage(4012, LogLevel.Error, "The deployment of {Server} (deployment {DeploymentId}) hit an unforeseen error and is ended; this is a bug, please report it")]
    public static partial void DeploymentHitABug(this ILogger logger, Exception exception, string server, Guid deploymentId);
}
