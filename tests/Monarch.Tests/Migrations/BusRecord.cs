using System.Collections.Concurrent;
using MassTransit;

namespace Monarch.Tests.Migrations;

/// <summary>The messages that were sent on a bus.</summary>
sealed class BusRecord : IReceiveObserver, ISendObserver, IPublishObserver
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource> _awaited = new();
    readonly ConcurrentQueue<object> _sent = new();

    public IEnumerable<object> Sent => _sent;

    /// <summary>Completes when the message is handled, with the exception of its handler.</summary>
    public Task NextReceived(Guid messageId) =>
        (_awaited[messageId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        Awaited(context)?.TrySetResult();
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        if (context.MessageId is { } id && _awaited.TryGetValue(id, out var awaited))
        {
            awaited.TrySetException(exception);
        }

        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        Awaited(context)?.TrySetException(exception);
        return Task.CompletedTask;
    }

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Record(context.Message);

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Record(context.Message);

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    Task Record(object message)
    {
        _sent.Enqueue(message);
        return Task.CompletedTask;
    }

    TaskCompletionSource? Awaited(ReceiveContext context) =>
        context.GetMessageId() is { } id && _awaited.TryGetValue(id, out var awaited) ? awaited : null;
}
