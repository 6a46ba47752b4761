using System.Diagnostics.Metrics;
using Monarch.Hosting.Telemetry;

namespace Monarch.Hosting.Bus.Queues;

/// <summary>The lengths of RabbitMQ's queues, from its management API if available, otherwise over AMQP.</summary>
sealed class QueueFigures : ISharedFigures
{
    const string Others = "(other)";

    readonly ManagementQueues _management;
    readonly PassiveQueues _passive;
    readonly HashSet<string> _names;
    readonly SharedGauge<long> _messages,
        _consumers;

    public QueueFigures(ManagementQueues management, PassiveQueues passive, QueueNames names, IMeterFactory meters)
    {
        (_management, _passive, _names) = (management, passive, [.. names.All]);
        var meter = meters.Create("Monarch");
        _messages = new(meter, "monarch.queue.messages", "{message}", "Messages in a queue of RabbitMQ, by state.");
        _consumers = new(meter, "monarch.queue.consumers", "{consumer}", "Consumers of a queue of RabbitMQ.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var lengths = await _management.ReadAsync(cancellationToken) ?? await _passive.ReadAsync(cancellationToken) ?? [];
        var named = lengths.GroupBy(x => _names.Contains(x.Queue) ? x.Queue : Others).ToList();
        _messages.Set(named.SelectMany(Messages));
        _consumers.Set(named.Select(queue => new Measurement<long>(queue.Sum(x => x.Consumers), Queue(queue.Key))));
    }

    public void Forget()
    {
        _messages.Clear();
        _consumers.Clear();
    }

    static IEnumerable<Measurement<long>> Messages(IGrouping<string, QueueLength> queue)
    {
        yield return new(queue.Sum(x => x.Ready), Queue(queue.Key), new("state", "ready"));
        if (queue.All(x => x.Unacknowledged is not null))
        {
            yield return new(queue.Sum(x => x.Unacknowledged!.Value), Queue(queue.Key), new("state", "unacknowledged"));
        }
    }

    static KeyValuePair<string, object?> Queue(string name) => new("queue", name);
}
