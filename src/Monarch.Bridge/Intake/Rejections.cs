using System.Text;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Telemetry;

namespace Monarch.Bridge.Intake;

/// <summary>Records a refused request: stored with its reasons, counted, and logged without its payload.</summary>
sealed class Rejections(IRejectionStore store, BridgeInstruments instruments, TimeProvider time, ILogger<Rejections> logger)
{
    const int MaxPayloadBytes = 16_384;
    const int MaxFieldsLogged = 5;

    public async Task AddAsync(
        string origin,
        ReadOnlyMemory<byte> payload,
        IReadOnlyList<RequestFault> faults,
        CancellationToken cancellationToken
    )
    {
        // Stored first: an unavailable store causes a retry, and each refusal is logged and counted once.
        var kept = Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, MaxPayloadBytes)]);
        await store.AddAsync(new(time.GetUtcNow(), origin, [.. faults.Select(fault => fault.ToString())], kept), cancellationToken);
        var fields = faults.Select(fault => fault.Field).Distinct(StringComparer.Ordinal).Take(MaxFieldsLogged);
        logger.RequestRejected(origin, payload.Length, faults.Count, string.Join(", ", fields));
        instruments.Rejected();
    }
}
