using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Monarch.Workers.Deployments.Leases;

namespace Monarch.Workers.Deployments.Running;

/// <summary>Begins a deployment when its lease can be had. The message does not wait for the end, which the runner reports.</summary>
sealed class RunDeploymentConsumer(IDeploymentLeases leases, DeploymentRunner runner, DeploymentServers servers, IOptions<DeploymentOptions> options) : IConsumer<RunDeployment>
{
    public async Task Consume(ConsumeContext<RunDeployment> context)
    {
        var command = context.Message;
        // Before the call: it is not known when the lease begins within it.
        var askedAt = Stopwatch.GetTimestamp();
        // The saga finds out about what was sent before USHER_RUN was switched off.
        var answer = runner.IsStopping || !options.Value.Run
            ? LeaseRequest.Deferred
            : await leases.TryAcquireAsync(command.ServerId, command.DeploymentId, command.Number, runner.Holder, context.CancellationToken);
        switch (answer)
        {
            case LeaseRequest.Acquired:
                if (runner.Begin(command, servers.NameOf(command.Project, command.Status), askedAt) is { } startedAt)
                {
                    await context.Publish(new DeploymentStarted { ServerId = command.ServerId, DeploymentId = command.DeploymentId, StartedAt = startedAt, Issues = command.Issues });
                }

                break;
            case LeaseRequest.Deferred:
                await context.Publish(new DeploymentDeferred { ServerId = command.ServerId, DeploymentId = command.DeploymentId });
                break;
            case LeaseRequest.HasEnded:
                var state = await leases.LookAsync(command.ServerId, command.DeploymentId, context.CancellationToken);
                if (state.Result is { } result)
                {
                    await context.Publish(result);
                }

                break;
            default:
                // It runs: its end will be reported.
                break;
        }
    }
}
