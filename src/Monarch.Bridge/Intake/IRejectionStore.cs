namespace Monarch.Bridge.Intake;

/// <summary>Keeps the latest thousand refused requests.</summary>
interface IRejectionStore
{
    Task AddAsync(Rejection rejection, CancellationToken cancellationToken);

    /// <summary>The newest, newest first.</summary>
    Task<IReadOnlyList<Rejection>> GetNewestAsync(int count, CancellationToken cancellationToken);
}
