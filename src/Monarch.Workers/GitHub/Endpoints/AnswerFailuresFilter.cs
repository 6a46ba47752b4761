using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Redis.Outages;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>
/// Answers every failure of a command to its saga, which owns the wait. An expected failure ends here; an unforeseen exception also moves
/// the message to the <c>_error</c> queue.
/// </summary>
sealed class AnswerFailuresFilter<TCommand>(AnswerFailure<TCommand> answer, ILogger<AnswerFailuresFilter<TCommand>> logger)
    : IFilter<ConsumeContext>
    where TCommand : class
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (GitHubException e) when (context.TryGetMessage<TCommand>(out var command))
        {
            if (e.Failure.IsSelfThrottled())
            {
                logger.CommandPaced(typeof(TCommand).Name, e.Failure.RetryAt, e.Failure.Message);
            }
            else
            {
                logger.CommandFailed(typeof(TCommand).Name, e.Failure.Kind, e.Failure.Message, e.Failure.Status, e.Failure.RequestId);
            }

            await answer(context, command!.Message, e.Failure, e);
            await SettleAsync(context, command);
        }
        catch (Exception e) when (!IsHeld(e) && !IsCancelled(e, context) && context.TryGetMessage<TCommand>(out var command))
        {
            logger.CommandHitABug(e, typeof(TCommand).Name);
            await answer(context, command!.Message, Unforeseen(e), e);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("answerFailures");

    // A message that never reached its consumer, since the circuit breaker was open, would end in the _skipped queue.
    static Task SettleAsync(ConsumeContext context, ConsumeContext<TCommand> command) =>
        context.ReceiveContext is { IsDelivered: false, IsFaulted: false } received
            ? context.NotifyConsumed(command, received.ElapsedTime, nameof(AnswerFailuresFilter<>))
            : Task.CompletedTask;

    // Further out the message is held, or given back: of what it did, the answer may be all that is missing.
    static bool IsHeld(Exception exception) => HeldFailure.IsBehind(exception);

    static bool IsCancelled(Exception exception, ConsumeContext context) =>
        exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;

    static Failure Unforeseen(Exception exception) => Bug(exception is IssueBugException e ? e.Bug : exception);

    static Failure Bug(Exception exception) =>
        new()
        {
            Kind = FailureKind.Bug,
            Message = $"An unforeseen error: {exception.GetType().Name}: {exception.Message}",
            Remedy = "This is a bug. Its message is kept in the _error queue with the whole stack trace: please report it.",
        };
}

/// <summary>Publishes the answer to a command that failed.</summary>
delegate Task AnswerFailure<in TCommand>(IPublishEndpoint answer, TCommand command, Failure failure, Exception exception);
