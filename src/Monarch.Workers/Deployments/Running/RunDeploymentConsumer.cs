using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// Starts a deployment if its lease can be acquired. The message is acknowledged before the end, which the runner reports.
/// </summary>
sealed class RunDeploymentConsumer(
    IDeploymentLeases leases,
    DeploymentRunner runner,
    DeploymentServers servers,
    IOptions<DeploymentOptions> options
) : IConsumer<RunDeployment>
{
    public async Task Consume(ConsumeContext<RunDeployment> context)
    {
        var command = context.Message;
        // Taken before the call, because the lease starts at an unknown time within it.
        var requestedAt = Stopwatch.GetTimestamp();
        // A command that was sent before USHER_RUN was switched off is deferred; the saga withdraws it.
        var answer =
            runner.IsStopping || !options.Value.Run
                ? LeaseRequest.Deferred
                : await leases.TryAcquireAsync(
                    command.ServerId,
                    command.DeploymentId,
                    command.Number,
                    runner.Holder,
                    context.CancellationToken
                );
        switch (answer)
        {
            case LeaseRequest.Acquired:
                if (runner.Begin(command, servers.NameOf(command.Project, command.Status), requestedAt) is { } startedAt)
                {
                    await context.Publish(
                        new DeploymentStarted
                        {
                            ServerId = command.ServerId,
                            DeploymentId = command.DeploymentId,
                            StartedAt = startedAt,
                            Issues = command.Issues,
                        }
                    );
                }

                break;
            case LeaseRequest.Deferred:
                await context.Publish(new DeploymentDeferred { ServerId = command.ServerId, DeploymentId = command.DeploymentId });
                break;
            case LeaseRequest.HasEnded:
                var state = await leases.ReadAsync(command.ServerId, command.DeploymentId, context.CancellationToken);
                if (state.Result is { } result)
                {
                    await context.Publish(result);
                }

                break;
            default:
                // It runs, and its end will be reported.
                break;
        }
    }
}
