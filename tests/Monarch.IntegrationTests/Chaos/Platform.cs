using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Bridge.Api;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// The Learning Platform: sends requests, and like a careful caller repeats an HTTP request with its key until it is answered, and again
/// when the migration is no longer known.
/// </summary>
sealed class Platform(ChaosFleet fleet, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly ConcurrentQueue<RequestedMigration> _requests = [];

    public IEnumerable<RequestedMigration> Requests => _requests;

    /// <summary>How often a request was repeated because its migration was no longer known.</summary>
    public int Repetitions { get; private set; }

    /// <summary>
    /// Completes when every Bridge has logged that it listens. Redis also counts a Bridge whose SUBSCRIBE timed out and will be retried.
    /// </summary>
    public Task ListenedToAsync() =>
        Until.TrueAsync(
            () => fleet.Bridges.All(x => x.Logs[^1].Contains("Listening to the Redis channel", StringComparison.Ordinal)),
            "every Bridge listens",
            state: () => string.Join('\n', fleet.Bridges.SelectMany(x => x.Logs))
        );

    public async Task PublishAsync(RequestedMigration request, int times)
    {
        _requests.Enqueue(request);
        for (var i = 0; i < times; i++)
        {
            await fleet.RedisAsync("PUBLISH", PlatformListener.Channel, request.Message);
        }
    }

    /// <summary>Sends a request until it is accepted, to one Bridge after the other.</summary>
    public async Task PostAsync(RequestedMigration request, int firstBridge, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request);
        await UntilAcceptedAsync(request, firstBridge, cancellationToken);
    }

    /// <summary>Sends a request to every Bridge concurrently.</summary>
    public async Task PostEverywhereAsync(RequestedMigration request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request);
        await Task.WhenAll(fleet.Bridges.Select((_, number) => UntilAcceptedAsync(request, number, cancellationToken)));
    }

    /// <summary>Returns every migration, or null when no Bridge responds.</summary>
    public async Task<IReadOnlyList<MigrationView>?> BatchesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/migrations?count=200", ApiJson.Default.MigrationList, cancellationToken))?.Migrations;

    public async Task<bool> AreAllKnownAsync(CancellationToken cancellationToken) =>
        await BatchesAsync(cancellationToken) is { } batches && !Unknown(batches).Any();

    /// <summary>Returns migrations that have not succeeded, and requests without a migration.</summary>
    public async Task<IEnumerable<string>> ProblemsAsync(CancellationToken cancellationToken) =>
        await BatchesAsync(cancellationToken) is { } batches
            ? batches
                .Where(batch => batch is not { Status: BatchStatus.Completed, EndedAt: not null })
                .Select(batch =>
                    $"Migration {batch.Id} of {batch.NotificationChannel} is {batch.Status}, {batch.RepositoriesEnded} of {batch.RepositoryCount} targets ended: {batch.Failure?.Message}"
                )
                .Concat(Unknown(batches).Select(request => $"The request of {request.Channel} has no migration."))
            : ["No Bridge responds."];

    /// <summary>Returns a sentence for each note on a copy, but that a text continues in comments: everything in the template can be copied.</summary>
    public async Task<IEnumerable<string>> NotesAsync(CancellationToken cancellationToken)
    {
        var notes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in await BatchesAsync(cancellationToken) ?? [])
        {
            var view = await GetAsync($"api/migrations/{batch.Id}", ApiJson.Default.MigrationView, cancellationToken);
            notes.UnionWith(
                (view?.Repositories ?? []).SelectMany(repository =>
                    repository
                        .Notes.Where(note => note.Field != "body")
                        .Select(note => $"{repository.FullName}, issue {note.Number}, {note.Field}, {note.Kind}: {note.Message}")
                )
            );
        }

        return notes;
    }

    /// <summary>Checks once after a pause, and repeats requests whose migration is no longer known.</summary>
    /// <returns>Whether all requested migrations have ended.</returns>
    public async Task<bool> HasAllEndedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, time, cancellationToken);
        if (await BatchesAsync(cancellationToken) is not { } batches)
        {
            return false;
        }

        var unknown = Unknown(batches).ToList();
        foreach (var request in unknown.Where(request => request.Key is not null))
        {
            Repetitions++;
            await UntilAcceptedAsync(request, 0, cancellationToken);
        }

        return unknown.Count == 0 && batches.All(batch => batch.EndedAt is not null);
    }

    async Task<T?> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        foreach (var bridge in fleet.Bridges)
        {
            try
            {
                return JsonSerializer.Deserialize(await _http.GetStringAsync(new Uri(bridge.Web, address), cancellationToken), type);
            }
            catch (Exception e) when (IsTransient(e, cancellationToken)) { } // Try the next Bridge.
        }

        return null;
    }

    IEnumerable<RequestedMigration> Unknown(IReadOnlyList<MigrationView> batches) =>
        _requests.Where(request => batches.All(batch => batch.NotificationChannel != request.Channel));

    public void Dispose() => _http.Dispose();

    Task UntilAcceptedAsync(RequestedMigration request, int firstBridge, CancellationToken cancellationToken)
    {
        var number = firstBridge;
        return Until.TrueAsync(
            () => TryPostAsync(request, fleet.Bridges[number++ % fleet.Bridges.Count], cancellationToken),
            "a Bridge accepts a request"
        );
    }

    async Task<bool> TryPostAsync(RequestedMigration request, Replica bridge, CancellationToken cancellationToken)
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
            {
                answer.EnsureSuccessStatusCode();
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (IsTransient(e, cancellationToken))
        {
            return false;
        }
    }

    // A Bridge that is down, is killed meanwhile, or has no Redis. Permanent refusals are not transient.
    static bool IsTransient(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception
            is HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError }
                or OperationCanceledException;
}
