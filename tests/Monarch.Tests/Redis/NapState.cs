using MassTransit;
using Monarch.Redis.Sagas;

namespace Monarch.Tests.Redis;

public sealed class NapState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string? CurrentState { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags => new Dictionary<string, string> { ["monarch.nap"] = $"{CorrelationId}" };

    public int Naps { get; set; }

    public int Wakes { get; set; }
}
