using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>What every endpoint that talks to GitHub has.</summary>
static class GitHubEndpoints
{
    /// <summary>
    /// From the outside in, within the hold that every endpoint has: failures become answers; the rate limit; the circuit breaker;
    /// short retries. The retries see attempts and the others messages, so an open breaker costs GitHub nothing.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="consumer">Its only consumer.</param>
    /// <param name="context">Resolves the settings.</param>
    /// <param name="refused">The answer to a command whose failure is permanent.</param>
    /// <param name="deferred">The answer to a command that is worth another try.</param>
    /// <param name="bugAnswer">Publishes another answer to an unforeseen exception, or returns null for the ordinary one.</param>
    public static void UseGitHubPolicies<TConsumer, TCommand, TRefused, TDeferred>(
        this IReceiveEndpointConfigurator endpoint,
        IConsumerConfigurator<TConsumer> consumer,
        IRegistrationContext context,
        Func<TCommand, Failure, TRefused> refused,
        Func<TCommand, Failure, TDeferred> deferred,
        Func<IPublishEndpoint, TCommand, Failure, Exception, Task?>? bugAnswer = null)
        where TConsumer : class, IConsumer<TCommand>
        where TCommand : class
        where TRefused : class
        where TDeferred : class
    {
        var options = context.GetRequiredService<IOptions<GitHubEndpointOptions>>().Value;

        endpoint.ConcurrentMessageLimit = options.Concurrency;
        endpoint.PrefetchCount = options.Concurrency;

        // A failure is answered by the filter; a Fault<T> beside it would be a second, contradicting answer.
        endpoint.PublishFaults = false;
        endpoint.UseFilter(ActivatorUtilities.CreateInstance<AnswerFailuresFilter<TCommand>>(context, (AnswerFailure<TCommand>)AnswerAsync));
        endpoint.UseRateLimit(options.MessagesPerSecond, TimeSpan.FromSeconds(1));
        endpoint.UseCircuitBreaker(breaker =>
        {
            breaker.Handle<GitHubException>(e => e.Failure.Kind == FailureKind.Transient);
            breaker.TrackingPeriod = TimeSpan.FromMinutes(1);
            breaker.TripThreshold = options.BreakerTripPercent;
            breaker.ActiveThreshold = options.BreakerActiveMessages;
            breaker.ResetInterval = TimeSpan.FromSeconds(options.BreakerResetSeconds);
            breaker.Router = context.GetRequiredService<BreakerInstruments>().Observe(typeof(TCommand).Name);
        });
        if (options.Retries > 0)
        {
            // On the consumer: MassTransit puts an endpoint's message retry outside its other filters, in whatever order they are named.
            consumer.UseMessageRetry(retry =>
            {
                // Not where GitHub names a time, nor where a create may have happened: there the ledger has to be asked, in its own time.
                retry.Handle<GitHubException>(e => e is { Failure: { Kind: FailureKind.Transient, RetryAt: null }, MayHaveHappened: false });
                var interval = TimeSpan.FromMilliseconds(options.RetryIntervalMilliseconds);
                retry.Incremental(options.Retries, interval, interval);
            });
        }

        Task AnswerAsync(IPublishEndpoint answer, TCommand command, Failure failure, Exception exception) =>
            bugAnswer?.Invoke(answer, command, failure, exception)
            ?? (failure.IsPermanent() ? answer.Publish(refused(command, failure)) : answer.Publish(deferred(command, failure)));
    }
}
