using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>
/// Makes every failure of a command an answer to its saga, which owns the wait. A foreseen failure ends there; an unforeseen
/// one goes on to the <c>_error</c> queue, where it is seen, but its saga is told all the same and waits for nothing.
/// </summary>
sealed class AnswerFailuresFilter<TCommand>(
    Func<TCommand, Failure, Exception, Task<object>> answer, ILogger<AnswerFailuresFilter<TCommand>> logger) : IFilter<ConsumeContext>
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

            await context.Publish(await answer(command!.Message, e.Failure, e));
            await SettleAsync(context, command);
        }
        catch (Exception e) when (!IsHeld(e) && !IsCancelled(e, context) && context.TryGetMessage<TCommand>(out var command))
        {
            logger.CommandHitABug(e, typeof(TCommand).Name);
            await context.Publish(await answer(command!.Message, Unforeseen(e), e));
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("answerFailures");

    // A message that never reached its consumer, since the circuit breaker was open, would end in the _skipped queue.
    static Task SettleAsync(ConsumeContext context, ConsumeContext<TCommand> command) => context.ReceiveContext is { IsDelivered: false, IsFaulted: false } received
        ? context.NotifyConsumed(command, received.ElapsedTime, nameof(AnswerFailuresFilter<>))
        : Task.CompletedTask;

    // Further out the message is held, or given back: of what it did, the answer may be all that is missing.
    static bool IsHeld(Exception exception) => HeldFailure.IsBehind(exception);

    static bool IsCancelled(Exception exception, ConsumeContext context) =>
        exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;

    static Failure Unforeseen(Exception exception) => Bug(exception is IssueBugException e ? e.Bug : exception);

    static Failure Bug(Exception exception) => new()
    {
        Kind = FailureKind.Bug,
        Message = $"An unforeseen error: {exception.GetType().Name}: {exception.Message}",
        Remedy = "This is a bug. Its message is kept in the _error queue with the whole stack trace: please report it.",
    };
}
