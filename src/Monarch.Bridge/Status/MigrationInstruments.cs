using System.Diagnostics.Metrics;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Bridge.Status;

/// <summary>Counts and times the ends of migrations. Each counts once, at the Bridge that wrote it to the read model.</summary>
sealed class MigrationInstruments
{
    // From a migration of a few issues to one that waits a day for GitHub.
    static readonly InstrumentAdvice<double> Hours = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 86400],
    };

    readonly Counter<long> _migrations,
        _repositories;
    readonly Histogram<double> _firstIssue,
        _duration;

    public MigrationInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        _migrations = meter.CreateCounter<long>("monarch.migrations", "{migration}", "Migrations that have ended, by outcome.");
        _repositories = meter.CreateCounter<long>(
            "monarch.repository.migrations",
            "{repository}",
            "Repositories of migrations that have ended, by outcome."
        );
        _firstIssue = meter.CreateHistogram(
            "monarch.migration.first.issue",
            "s",
            "Time from a request to the first issue that was created for it, as shown.",
            advice: Hours
        );
        _duration = meter.CreateHistogram(
            "monarch.migration.duration",
            "s",
            "Time from a request, or from its retry, to the end, by outcome.",
            advice: Hours
        );
        foreach (var status in Enum.GetValues<BatchStatus>().Where(status => status >= BatchStatus.Completed))
        {
            _migrations.Add(0, Outcome(status));
        }

        foreach (var status in Enum.GetValues<RepositoryStatus>().Where(status => status >= RepositoryStatus.Completed))
        {
            _repositories.Add(0, Outcome(status));
        }
    }

    /// <summary>The migration has ended.</summary>
    public void Ended(BatchProgressed batch)
    {
        _migrations.Add(1, Outcome(batch.Status));
        var began = batch.Interventions.LastOrDefault(x => x.Kind == InterventionKind.Retry)?.At ?? batch.RequestedAt;
        if (batch.EndedAt is { } ended)
        {
            _duration.Record(Seconds(ended - began), Outcome(batch.Status));
        }
    }

    /// <summary>One repository of a migration has ended.</summary>
    public void Ended(TargetProgress target) => _repositories.Add(1, Outcome(target.Status));

    /// <summary>The first issue of a migration was created.</summary>
    /// <param name="sinceRequest">The time since the request.</param>
    public void HasFirstIssue(TimeSpan sinceRequest) => _firstIssue.Record(Seconds(sinceRequest));

    // Never negative: clocks differ.
    static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);

    static KeyValuePair<string, object?> Outcome<T>(T status)
        where T : struct, Enum => new("outcome", MetricLabel.Of(status));
}
