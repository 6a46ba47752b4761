using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>Translates Monarch's own events into lifecycle events.</summary>
sealed class LifecycleConsumer(LifecyclePublisher publisher)
    : IConsumer<BatchProgressed>,
        IConsumer<RepositoryMigrationCompleted>,
        IConsumer<ServerProgressed>
{
    public Task Consume(ConsumeContext<BatchProgressed> context) =>
        publisher.PublishAsync(context, LifecycleTranslation.Of(context.Message, SentAt(context)));

    public Task Consume(ConsumeContext<RepositoryMigrationCompleted> context) =>
        publisher.PublishAsync(context, [LifecycleTranslation.Of(context.Message, context.MessageId ?? Guid.Empty, SentAt(context))]);

    public Task Consume(ConsumeContext<ServerProgressed> context) =>
        publisher.PublishAsync(context, LifecycleTranslation.Of(context.Message));

    // Every MassTransit message has it.
    static DateTimeOffset SentAt(ConsumeContext context) =>
        context.SentTime is { } sent ? new(DateTime.SpecifyKind(sent, DateTimeKind.Utc)) : DateTimeOffset.UnixEpoch;
}
