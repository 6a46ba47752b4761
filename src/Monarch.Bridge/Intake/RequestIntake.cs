using System.Diagnostics;
using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>Accepts valid requests: assigns the migration id and saves the request before anything else.</summary>
sealed class RequestIntake(IIntakeStream stream, IStatusStore status, TimeProvider time)
{
    static readonly TimeSpan SamePublication = TimeSpan.FromSeconds(10);
    static readonly TimeSpan SameIdempotencyKey = TimeSpan.FromHours(24);

    /// <summary>
    /// Every Bridge receives every publication, and publishers repeat themselves: identical ones within ten seconds are one request.
    /// </summary>
    public async Task<Guid> AddPublicationAsync(MigrationRequest request, CancellationToken cancellationToken)
    {
        var (batchId, _) = await AddAsync(request, $"published:{request.Digest()}", SamePublication, cancellationToken);
        return batchId;
    }

    /// <summary>A call over HTTP.</summary>
    /// <returns>The migration; null when the key was used for another request within a day.</returns>
    public async Task<Guid?> AddCallAsync(MigrationRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var key = idempotencyKey is null ? $"called:{Guid.NewGuid():N}" : $"idempotency:{idempotencyKey}";
        var window = idempotencyKey is null ? SamePublication : SameIdempotencyKey;
        var (batchId, digest) = await AddAsync(request, key, window, cancellationToken);
        return digest == request.Digest() ? batchId : null;
    }

    async Task<(Guid BatchId, string Digest)> AddAsync(
        MigrationRequest received,
        string onceKey,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        var request = received with { TraceParent = TraceParent.Keep() ?? received.TraceParent };
        var batchId = Guid.CreateVersion7(time.GetUtcNow());
        var receivedAt = time.GetUtcNow();
        var fields = new Dictionary<string, string>
        {
            [IntakeEntry.Message] = request.ToJson(),
            [IntakeEntry.Batch] = batchId.ToString(),
            [IntakeEntry.Received] = receivedAt.ToString("O", CultureInfo.InvariantCulture),
        };
        var first = (await stream.AddOnceAsync(fields, onceKey, $"{batchId} {request.Digest()}", window, cancellationToken)).Split(' ');
        var accepted = Guid.Parse(first[0]);
        if (accepted == batchId)
        {
            Activity.Current?.SetTag(TraceTags.Migration, $"{batchId}");
            await status.ApplyAsync(QueuedBatch.From(batchId, request, receivedAt), cancellationToken);
        }
        else
        {
            RequestSpan.Drop();
        }

        return (accepted, first[1]);
    }
}
