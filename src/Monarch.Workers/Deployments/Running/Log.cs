using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Running;

static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Deploying {Server} (deployment {DeploymentId}): {Command}")]
    public static partial void DeploymentStarting(this ILogger logger, string server, Guid deploymentId, string command);

    [LoggerMessage(4004, LogLevel.Information, "Deployed {Server} (deployment {DeploymentId})")]
    public static partial void DeploymentSucceeded(this ILogger logger, string server, Guid deploymentId);

    [LoggerMessage(4005, LogLevel.Warning, "Deployment {DeploymentId} of {Server} did not succeed, {Outcome}: {Reason}")]
    public static partial void DeploymentNotSucceeded(
        this ILogger logger,
        string server,
        Guid deploymentId,
        DeploymentOutcome outcome,
        string? reason
    );

    [LoggerMessage(
        4006,
        LogLevel.Warning,
        "The lease of {Server} (deployment {DeploymentId}) cannot be renewed: {Reason}. Retrying; the command is killed shortly before the "
            + "lease expires"
    )]
    public static partial void LeaseNotRenewed(this ILogger logger, string server, Guid deploymentId, string reason);

    [LoggerMessage(4007, LogLevel.Information, "The lease of {Server} (deployment {DeploymentId}) is renewed again")]
    public static partial void LeaseRenewedAgain(this ILogger logger, string server, Guid deploymentId);

    [LoggerMessage(4008, LogLevel.Warning, "The end of deployment {DeploymentId} cannot be recorded: {Reason}. Retrying every second")]
    public static partial void EndNotRecorded(this ILogger logger, Guid deploymentId, string reason);

    [LoggerMessage(
        4009,
        LogLevel.Error,
        "The end of deployment {DeploymentId}, {Outcome}, could not be recorded: it may be reported as interrupted"
    )]
    public static partial void EndGivenUp(this ILogger logger, Guid deploymentId, DeploymentOutcome outcome);

    [LoggerMessage(4010, LogLevel.Warning, "The end of deployment {DeploymentId} cannot be published: {Reason}. Retrying every second")]
    public static partial void EndNotPublished(this ILogger logger, Guid deploymentId, string reason);

    [LoggerMessage(4011, LogLevel.Error, "The deployment of {Server} (deployment {DeploymentId}) cannot be started")]
    public static partial void DeploymentNotStarted(this ILogger logger, Exception exception, string server, Guid deploymentId);

    [LoggerMessage(
        4012,
        LogLevel.Error,
        "Deployment {DeploymentId} of {Server} ended with an unexpected error. This is a bug; please report it"
    )]
    public static partial void DeploymentHitABug(this ILogger logger, Exception exception, string server, Guid deploymentId);
}
