using Microsoft.Extensions.Logging;

namespace Monarch.Bridge.Intake;

/// <summary>Refuses a bad request: logged without its payload, counted, and kept with its reason.</summary>
sealed class Rejections(IRejectionStore store, BridgeInstruments instruments, TimeProvider time, ILogger<Rejections> logger)
{
    const int PayloadKept = 16_384;

    public async Task AddAsync(string origin, string payload, IReadOnlyList<string> faults, CancellationToken cancellationToken)
    {
        logger.RequestRejected(origin, payload.Length, string.Join(" ", faults));
        instruments.RequestsRejected.Add(1);
        var kept = payload.Length > PayloadKept ? payload[..PayloadKept] : payload;
        await store.AddAsync(new(time.GetUtcNow(), origin, faults, kept), cancellationToken);
    }
}
