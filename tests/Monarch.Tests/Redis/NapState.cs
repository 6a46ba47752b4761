using MassTransit;
using Monarch.Redis;

namespace Monarch.Tests.Redis;

public sealed class NapState : SagaStateMachineInstance, ISleepingSaga
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string? CurrentState { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int Naps { get; set; }

    public int Wakes { get; set; }
}
