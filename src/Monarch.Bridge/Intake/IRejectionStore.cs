namespace Monarch.Bridge.Intake;

/// <summary>Keeps the latest thousand refused requests.</summary>
interface IRejectionStore
{
    Task AddAsync(Rejection rejection, CancellationToken cancellationToken);

    /// <summary>The newest, newest first.</summary>
    Task<IReadOnlyList<Rejection>> GetNewestAsync(int count, CancellationToken cancellationToken);
}

/// <summary>A request that was refused as a whole, stored for an operator.</summary>
/// <param name="At">When it was refused (UTC).</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Faults">All its faults.</param>
/// <param name="Payload">The payload, truncated to 16,384 bytes.</param>
public sealed record Rejection(DateTimeOffset At, string Origin, IReadOnlyList<string> Faults, string Payload);
