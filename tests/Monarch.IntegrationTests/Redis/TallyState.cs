using MassTransit;
using Monarch.Redis.Sagas;

namespace Monarch.IntegrationTests.Redis;

/// <summary>A minimal saga: it counts.</summary>
public sealed class TallyState : SagaStateMachineInstance, ISleepingSaga
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string? CurrentState { get; set; }

    public int Count { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? WokenAt { get; set; }

    public int? Restarts { get; set; }
}
