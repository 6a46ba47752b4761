using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Sagas;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>Reports the end of a deployment: records it in the lease, which makes it recoverable, and then publishes it.</summary>
sealed class DeploymentReporter(
    IDeploymentLeases leases,
    IBus bus,
    IOptions<DeploymentOptions> options,
    TimeProvider time,
    ILogger<DeploymentReporter> logger
)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Reports an end; retries during outages of Redis and the broker.</summary>
    /// <param name="result">The end.</param>
    /// <param name="giveUp">Ends the retries: the host must stop.</param>
    public async Task ReportAsync(DeploymentEnded result, CancellationToken giveUp)
    {
        // After three leases the deployment may have been ended as interrupted.
        using var late = new CancellationTokenSource(options.Value.Lease * 3, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp, late.Token);
        var isRecorded = await RepeatAsync(
            token => leases.EndAsync(result, token),
            e => logger.EndNotRecorded(result.DeploymentId, e.Message.TrimEnd('.')),
            limit.Token
        );
        if (!isRecorded)
        {
            logger.EndGivenUp(result.DeploymentId, result.Outcome);
        }

        await RepeatAsync(
            token => PublishAsync(result).WaitAsync(token),
            e => logger.EndNotPublished(result.DeploymentId, e.Message.TrimEnd('.')),
            giveUp
        );
    }

    async Task<bool> RepeatAsync(Func<CancellationToken, Task> call, Action<Exception> logFirst, CancellationToken giveUp)
    {
        for (var isFirst = true; !giveUp.IsCancellationRequested; isFirst = false)
        {
            try
            {
                await call(giveUp);
                return true;
            }
            catch (Exception e)
            {
                if (isFirst && !giveUp.IsCancellationRequested)
                {
                    logFirst(e);
                }
            }

            await Task.Delay(Pause, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    Task PublishAsync(DeploymentEnded result) =>
        Confirmation.OfAsync(
            written => bus.Publish(result, Pipe.Execute<PublishContext<DeploymentEnded>>(_ => written()), CancellationToken.None),
            time
        );
}
