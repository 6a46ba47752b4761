using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// The Learning Platform: it asks, and over HTTP it does what a careful caller does, that is, repeats a request with its key until it is
/// answered, and again when the batch is not known any more.
/// </summary>
sealed class Platform(ChaosFleet fleet, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly ConcurrentQueue<Asked> _asked = [];

    public IEnumerable<Asked> Requests => _asked;

    /// <summary>How often a request was sent again because its batch was not known any more.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Ends when every Bridge has logged that it listens. Redis also counts one whose SUBSCRIBE timed out, and which will try again.</summary>
    public Task ListenedToAsync() => Until.TrueAsync(
        () => fleet.Bridges.All(x => x.Logs[^1].Contains("Listening to the Redis channel", StringComparison.Ordinal)),
        "every Bridge listens", state: () => string.Join('\n', fleet.Bridges.SelectMany(x => x.Logs)));

    public async Task PublishAsync(Asked request, int times)
    {
        _asked.Enqueue(request);
        for (var i = 0; i < times; i++)
            await fleet.RedisAsync("PUBLISH", PlatformListener.Channel, request.Message);
    }

    /// <summary>Sends a request until it is accepted, to one Bridge after the other.</summary>
    public async Task PostAsync(Asked request, int firstBridge, CancellationToken cancellationToken)
    {
        _asked.Enqueue(request);
        await UntilAcceptedAsync(request, firstBridge, cancellationToken);
    }

    /// <summary>Sends a request to every Bridge at once.</summary>
    public async Task PostEverywhereAsync(Asked request, CancellationToken cancellationToken)
    {
        _asked.Enqueue(request);
        await Task.WhenAll(fleet.Bridges.Select((_, number) => UntilAcceptedAsync(request, number, cancellationToken)));
    }

    /// <summary>Every batch that any Bridge knows, or null when none answers.</summary>
    public async Task<IReadOnlyList<MigrationView>?> BatchesAsync(CancellationToken cancellationToken)
    {
        foreach (var bridge in fleet.Bridges)
        {
            try
            {
                var json = await _http.GetStringAsync(new Uri(bridge.Web, "api/migrations?count=200"), cancellationToken);
                return JsonSerializer.Deserialize(json, ApiJson.Default.MigrationList)!.Migrations;
            }
            catch (Exception e) when (IsPassing(e, cancellationToken)) { } // The next one, then.
        }

        return null;
    }

    public async Task<bool> AreAllKnownAsync(CancellationToken cancellationToken) =>
        await BatchesAsync(cancellationToken) is { } batches && !Unknown(batches).Any();

    /// <summary>Batches that have not ended well, and requests that became none.</summary>
    public async Task<IEnumerable<string>> ProblemsAsync(CancellationToken cancellationToken) =>
        await BatchesAsync(cancellationToken) is { } batches
            ? batches.Where(batch => batch is not { Status: BatchStatus.Completed, EndedAt: not null })
                .Select(batch => $"Batch {batch.Id} of {batch.NotificationChannel} is {batch.Status}, {batch.RepositoriesEnded} of {batch.RepositoryCount} targets ended: {batch.Failure?.Message}")
                .Concat(Unknown(batches).Select(request => $"The request of {request.Channel} is no batch."))
            : ["No Bridge answers."];

    /// <summary>Looks once, a moment after the last time, and asks again for what is not known any more.</summary>
    /// <returns>Whether everything that was asked for has ended.</returns>
    public async Task<bool> HasAllEndedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, time, cancellationToken);
        if (await BatchesAsync(cancellationToken) is not { } batches)
            return false;
        var unknown = Unknown(batches).ToList();
        foreach (var request in unknown.Where(request => request.Key is not null))
        {
            Repetitions++;
            await UntilAcceptedAsync(request, 0, cancellationToken);
        }

        return unknown.Count == 0 && batches.All(batch => batch.EndedAt is not null);
    }

    IEnumerable<Asked> Unknown(IReadOnlyList<MigrationView> batches) =>
        _asked.Where(request => batches.All(batch => batch.NotificationChannel != request.Channel));

    public void Dispose() => _http.Dispose();

    Task UntilAcceptedAsync(Asked request, int firstBridge, CancellationToken cancellationToken)
    {
        var number = firstBridge;
        return Until.TrueAsync(() => TryPostAsync(request, fleet.Bridges[number++ % fleet.Bridges.Count], cancellationToken), "a Bridge accepts a request");
    }

    async Task<bool> TryPostAsync(Asked request, Replica bridge, CancellationToken cancellationToken)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(bridge.Web, "api/migrations"))
            {
                Content = new StringContent(request.Message, Encoding.UTF8, "application/json"),
            };
            message.Headers.Add("Idempotency-Key", request.Key);
            using var answer = await _http.SendAsync(message, cancellationToken);
            if ((int)answer.StatusCode < 500)
                answer.EnsureSuccessStatusCode();
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (IsPassing(e, cancellationToken))
        {
            return false;
        }
    }

    // A Bridge that is down, dies meanwhile, or has no Redis. What it refuses for good does not pass.
    static bool IsPassing(Exception exception, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError } or OperationCanceledException;
}
