using System.Net.Http.Headers;
using System.Net.Http.Json;
using Monarch.Bridge.Api;
using Monarch.Hosting;

namespace Monarch.Cli.Clients;

/// <summary>Searches the log through the API.</summary>
sealed class LogApi(Uri address, string? key = null) : IDisposable
{
    readonly HttpClient _http = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>A page of what matches, newest first.</summary>
    /// <exception cref="CommandFailedException">It could not be read.</exception>
    public async Task<LogList> ReadAsync(IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        try
        {
            using var answer = await _http.GetAsync($"api/logs?{query}", cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync(ApiJson.Default.LogList, cancellationToken))!
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

    public void Dispose() => _http.Dispose();
}
