using MassTransit;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>How sagas correlate their events.</summary>
static class SagaEvents
{
    /// <summary>
    /// Correlates an event by the saga's id and discards it when the saga does not exist: it has expired, or Redis has lost it. Only a
    /// request creates a saga.
    /// </summary>
    /// <param name="correlation">The event's correlation.</param>
    /// <param name="sagaId">Returns the saga's id.</param>
    public static void CorrelateOrDiscard<TSaga, T>(
        this IEventCorrelationConfigurator<TSaga, T> correlation,
        Func<ConsumeContext<T>, Guid> sagaId
    )
        where TSaga : class, SagaStateMachineInstance
        where T : class => correlation.CorrelateById(sagaId).OnMissingInstance(x => x.Discard());
}
