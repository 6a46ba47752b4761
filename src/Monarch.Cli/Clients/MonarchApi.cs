using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Status;
using Monarch.Cli.Display;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Cli.Clients;

/// <summary>A client of the API.</summary>
sealed class MonarchApi(Uri address, string? key = null) : IDisposable
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    const int MaxUnknown = 8;

    // The trace of a request begins at the Bridge: this program exports no spans unless it hosts the Bridge.
    readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public Task<Guid> RequestAsync(string request, CancellationToken cancellationToken) =>
        PostAsync("api/migrations", request, cancellationToken);

    /// <summary>Starts a dry run.</summary>
    public Task<Guid> RequestDryRunAsync(string request, CancellationToken cancellationToken) =>
        PostAsync("api/migrations?dryRun=true", request, cancellationToken);

    async Task<Guid> PostAsync(string path, string request, CancellationToken cancellationToken)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            throw new RequestRefusedException([
                .. problem.RootElement.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()!),
            ]);
        }

        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedMigration, cancellationToken))!.Id;
    }

    /// <summary>The current state of the migration.</summary>
    /// <exception cref="CommandFailedException">The API is unavailable, or there is no such migration.</exception>
    public async Task<MigrationView> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync($"api/migrations/{id}", cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync(ApiJson.Default.MigrationView, cancellationToken))!
                : throw await answer.FailureAsync("a Bridge", cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCodes.Unavailable,
                $"no Bridge answers at {address}: start one, or give its address with --url.",
                e
            );
        }
    }

    /// <summary>Sends a command to a migration.</summary>
    /// <returns>The address of the state that shows the result.</returns>
    /// <exception cref="CommandFailedException">The API refused the command or is unavailable.</exception>
    public async Task<Uri> CommandAsync(Guid id, InterventionKind kind, string? reason, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(new(reason), ApiJson.Default.CommandRequest);
        try
        {
            using var answer = await _http.PostAsync(
                $"api/migrations/{id}/{kind.ToString().ToLowerInvariant()}",
                content,
                cancellationToken
            );
            return answer.IsSuccessStatusCode
                ? new(address, $"api/migrations/{id}")
                : throw await answer.FailureAsync("a Bridge", cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCodes.Unavailable,
                $"no Bridge answers at {address}: start one, or give its address with --url.",
                e
            );
        }
    }

    /// <summary>Polls the migration's state until it ends or, unless long waits are wanted, until only long waits are left.</summary>
    public async IAsyncEnumerable<(MigrationView View, string? WaitsFor)> FollowAsync(
        Guid id,
        bool wait,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var view = (await _http.GetFromJsonAsync($"api/migrations/{id}", ApiJson.Default.MigrationView, cancellationToken))!;
            var waitsFor = WaitsFor(view, wait);
            yield return (view, waitsFor);
            if (view.Status > BatchStatus.Migrating || waitsFor is not null)
            {
                yield break;
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Polls a dry run until it ends or, unless long waits are wanted, until only long waits are left.</summary>
    public async IAsyncEnumerable<(DryRunView View, string? WaitsFor)> FollowDryRunAsync(
        Guid id,
        bool wait,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var (pause, unknown) = (FirstPause, 0); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var view = (await _http.GetFromJsonAsync($"api/dry-runs/{id}", ApiJson.Default.DryRunView, cancellationToken))!;
            var waitsFor = WaitsFor(view, wait);
            // The first report of an account's limits may come after the end.
            var isKnown = view.Status > DryRunStatus.Checking && (view.Duration?.Seconds is not null || ++unknown > MaxUnknown);
            yield return (view, waitsFor);
            if (view.Status == DryRunStatus.Failed || isKnown || waitsFor is not null)
            {
                yield break;
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    static string? WaitsFor(DryRunView view, bool wait) =>
        view.Status > DryRunStatus.Checking
            ? null
            : WaitsFor(
                view.Status == DryRunStatus.Checking
                    ? [.. view.Repositories.Where(r => r.Status == DryRunTargetStatus.Checking).Select(r => (r.WaitingUntil, r.Failure))]
                    : [(view.WaitingUntil, view.Failure)],
                wait
            );

    static string? WaitsFor(MigrationView view, bool wait) =>
        WaitsFor(
            view.Status == BatchStatus.Migrating
                ? view.Repositories!.Where(r => r.Status < RepositoryStatus.Completed).Select(r => (r.WaitingUntil, r.Failure)).ToList()
                : [(view.WaitingUntil, view.Failure)],
            wait
        );

    // A refused credential does not recover by waiting.
    static string? WaitsFor(List<(DateTimeOffset? WaitingUntil, Failure? Failure)> waits, bool wait)
    {
        var soonest = waits.Min(w => w.WaitingUntil);
        if (waits.Count == 0 || waits.Exists(w => w.WaitingUntil is null))
        {
            return null;
        }

        if (waits.Find(w => w.Failure?.Kind == FailureKind.Unauthorised).Failure is { } refused)
        {
            return refused.InWords();
        }

        return !wait && soonest - TimeProvider.System.GetUtcNow() > LongWait
            ? $"it would have to wait until {soonest:yyyy-MM-dd HH:mm:ss} UTC ({waits[0].Failure?.Message}). "
                + "Run the same command later, or with --wait."
            : null;
    }
}

/// <summary>The API refused the request.</summary>
sealed class RequestRefusedException(IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
