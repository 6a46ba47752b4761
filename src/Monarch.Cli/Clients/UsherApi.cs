using System.Net.Http.Headers;
using System.Net.Http.Json;
using Monarch.Bridge.Deployments;
using Monarch.Contracts.Deployments;
using Monarch.Hosting;

namespace Monarch.Cli.Clients;

/// <summary>A client of Usher's API.</summary>
sealed class UsherApi(Uri address, string? key = null) : IDisposable
{
    readonly HttpClient _http = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <exception cref="CommandFailedException">Usher is unavailable or refused the request.</exception>
    public async Task<IReadOnlyList<ServerProgressed>> ServersAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "servers", null, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync(UsherJson.Default.ServerList, cancellationToken))!.Servers;
    }

    /// <inheritdoc cref="ServersAsync"/>
    public async Task<ServerProgressed> ServerAsync(string server, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"servers/{Uri.EscapeDataString(server)}", null, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync(UsherJson.Default.ServerProgressed, cancellationToken))!;
    }

    /// <inheritdoc cref="ServersAsync"/>
    public async Task<IReadOnlyList<DeploymentView>> DeploymentsAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "deployments", null, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync(UsherJson.Default.DeploymentList, cancellationToken))!.Deployments;
    }

    /// <summary>Sends a command to a server.</summary>
    /// <returns>The server after it.</returns>
    /// <exception cref="CommandFailedException">The command was not carried out.</exception>
    public async Task<ServerProgressed> SteerAsync(
        string server,
        SteeringKind kind,
        Dictionary<string, object> body,
        CancellationToken cancellationToken
    )
    {
        using var answer = await SendAsync(
            HttpMethod.Post,
            $"servers/{Uri.EscapeDataString(server)}/{kind.ToString().ToLowerInvariant()}",
            JsonContent.Create(body),
            cancellationToken
        );
        return (await answer.Content.ReadFromJsonAsync(UsherJson.Default.ServerProgressed, cancellationToken))!;
    }

    /// <summary>Reports that an issue was moved.</summary>
    /// <exception cref="CommandFailedException">It was not queued.</exception>
    public async Task MoveAsync(string issue, string status, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new Dictionary<string, string> { ["issue_id"] = issue, ["status"] = status });
        (await SendAsync(HttpMethod.Post, "messages/", body, cancellationToken)).Dispose();
    }

    public void Dispose() => _http.Dispose();

    async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw await answer.FailureAsync("Usher", cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCodes.Unavailable,
                $"Usher does not answer at {address}: start it (monarch usher), or give its address with --url.",
                e
            );
        }
    }
}
