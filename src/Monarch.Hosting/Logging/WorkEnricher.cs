using Monarch.Contracts;
using Monarch.Redis.Sagas;
using Serilog.Core;
using Serilog.Events;

namespace Monarch.Hosting.Logging;

/// <summary>Adds the migration and the repository of the current message to events that do not name them.</summary>
sealed class WorkEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (MessageTrace.Current is not { } work)
        {
            return;
        }

        if (!logEvent.Properties.ContainsKey("BatchId") && work.Tags.TryGetValue(TraceTags.Migration, out var migration))
        {
            logEvent.AddPropertyIfAbsent(new("MigrationId", new ScalarValue(migration)));
        }

        if (!logEvent.Properties.ContainsKey("Target") && work.Tags.TryGetValue(TraceTags.Repository, out var repository))
        {
            logEvent.AddPropertyIfAbsent(new("Repository", new ScalarValue(repository)));
        }
    }
}
