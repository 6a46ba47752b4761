namespace Monarch.Bridge.Credentials;

/// <summary>What workers tell of their credentials. One that nobody has told of for a quarter of an hour is forgotten.</summary>
interface ICredentialViews
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    Task SetAsync(ReportedCredential report, CancellationToken cancellationToken);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<ReportedCredential>> ListAsync(CancellationToken cancellationToken);
}
