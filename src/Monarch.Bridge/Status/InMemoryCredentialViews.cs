using System.Collections.Concurrent;

namespace Monarch.Bridge.Status;

/// <summary>The credentials of a single process, lost when it ends.</summary>
sealed class InMemoryCredentialViews(TimeProvider time) : ICredentialViews
{
    readonly ConcurrentDictionary<string, ReportedCredential> _reports = new();

    public Task SetAsync(ReportedCredential report, CancellationToken cancellationToken)
    {
        _reports[report.View.Name] = report;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ReportedCredential>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Retention;
        return Task.FromResult<IReadOnlyList<ReportedCredential>>([
            .. _reports.Values.Where(report => report.View.ReportedAt > oldest).OrderBy(report => report.View.Name, StringComparer.Ordinal),
        ]);
    }
}
