using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>Configures the endpoints that call GitHub.</summary>
static class GitHubEndpoints
{
    /// <summary>
    /// Adds, from the outside in, below the hold that every endpoint has: failures become answers; the rate limit; the circuit breaker;
    /// immediate retries. Only the retries repeat an attempt, so an open breaker sends no request to GitHub.
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
        Func<IPublishEndpoint, TCommand, Failure, Exception, Task?>? bugAnswer = null
    )
        where TConsumer : class, IConsumer<TCommand>
        where TCommand : class
        where TRefused : class
        where TDeferred : class
    {
        var options = context.GetRequiredService<IOptions<GitHubEndpointOptions>>().Value;

        endpoint.ConcurrentMessageLimit = options.Concurrency;
        endpoint.PrefetchCount = options.Concurrency;

        // The filter answers a failure; a Fault<T> would be a second, contradicting answer.
        endpoint.PublishFaults = false;
        endpoint.UseFilter(
            ActivatorUtilities.CreateInstance<AnswerFailuresFilter<TCommand>>(context, (AnswerFailure<TCommand>)AnswerAsync)
        );
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
            // On the consumer: MassTransit places an endpoint's message retry outside its other filters, regardless of their order.
            consumer.UseMessageRetry(retry =>
            {
                // No retry when GitHub returned a time, nor when an issue may have been created: the ledger must be queried first.
                retry.Handle<GitHubException>(e =>
                    e is { Failure: { Kind: FailureKind.Transient, RetryAt: null }, MayHaveHappened: false }
                );
                var interval = TimeSpan.FromMilliseconds(options.RetryIntervalMilliseconds);
                retry.Incremental(options.Retries, interval, interval);
            });
        }

        Task AnswerAsync(IPublishEndpoint answer, TCommand command, Failure failure, Exception exception) =>
            bugAnswer?.Invoke(answer, command, failure, exception)
            ?? (failure.IsPermanent() ? answer.Publish(refused(command, failure)) : answer.Publish(deferred(command, failure)));
    }
}
