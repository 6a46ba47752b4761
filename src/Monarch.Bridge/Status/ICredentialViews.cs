namespace Monarch.Bridge.Status;

/// <summary>The workers' reports of their credentials. A report expires after 15 minutes.</summary>
interface ICredentialViews
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    Task SetAsync(ReportedCredential report, CancellationToken cancellationToken);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<ReportedCredential>> ListAsync(CancellationToken cancellationToken);
}
