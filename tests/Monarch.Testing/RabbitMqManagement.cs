using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Monarch.Testing;

/// <summary>A client of RabbitMQ's management API for tests.</summary>
public sealed class RabbitMqManagement
{
    const string Full = "full";

    readonly HttpClient _http;

    internal RabbitMqManagement(HttpClient http) => _http = http;

    /// <summary>The port of the API.</summary>
    public int Port => _http.BaseAddress!.Port;

    /// <summary>Creates a virtual host that <c>guest</c> may use.</summary>
    /// <param name="name">Its name; a separate virtual host isolates a test.</param>
    public async Task CreateVirtualHostAsync(string name)
    {
        await PutAsync($"vhosts/{Uri.EscapeDataString(name)}", "{}");
        await PutAsync($"permissions/{Uri.EscapeDataString(name)}/guest", """{"configure":".*","write":".*","read":".*"}""");
    }

    /// <summary>Removes a virtual host and all its queues.</summary>
    public async Task DeleteVirtualHostAsync(string name)
    {
        using var answer = await _http.DeleteAsync($"vhosts/{Uri.EscapeDataString(name)}");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Creates a user without any permission.</summary>
    public Task CreateUserAsync(string name, string password) =>
        PutAsync($"users/{Uri.EscapeDataString(name)}", $$"""{"password":"{{password}}","tags":""}""");

    /// <summary>Grants a user permissions in a virtual host.</summary>
    /// <param name="virtualHost">The virtual host.</param>
    /// <param name="user">The user.</param>
    /// <param name="configure">The names of what it may declare, as a regular expression; writing and reading is not limited.</param>
    public Task PermitAsync(string virtualHost, string user, string configure) =>
        PutAsync(
            $"permissions/{Uri.EscapeDataString(virtualHost)}/{Uri.EscapeDataString(user)}",
            $$"""{"configure":"{{configure}}","write":".*","read":".*"}"""
        );

    /// <summary>Creates a durable queue, as another program would.</summary>
    public Task CreateQueueAsync(string virtualHost, string name) =>
        PutAsync($"queues/{Uri.EscapeDataString(virtualHost)}/{Uri.EscapeDataString(name)}", """{"durable":true}""");

    /// <summary>
    /// Makes the broker refuse messages to an endpoint: a full queue with <c>x-overflow: reject-publish</c> replaces its queue, which keeps
    /// its consumers.
    /// </summary>
    public async Task RefuseAsync(string virtualHost, string endpoint)
    {
        var host = Uri.EscapeDataString(virtualHost);
        await PutAsync($"queues/{host}/{Full}", """{"durable":true,"arguments":{"x-max-length":0,"x-overflow":"reject-publish"}}""");
        await BindAsync(host, endpoint, Full);
        await UnbindAsync(host, endpoint, endpoint);
    }

    /// <summary>Ends <see cref="RefuseAsync"/>.</summary>
    public async Task AcceptAsync(string virtualHost, string endpoint)
    {
        var host = Uri.EscapeDataString(virtualHost);
        await BindAsync(host, endpoint, endpoint);
        await UnbindAsync(host, endpoint, Full);
    }

    /// <summary>
    /// The number of messages in each queue of a virtual host, delivered but unanswered ones included. <c>*_error</c> and <c>*_skipped</c>
    /// are queues too.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, long>> QueueDepthsAsync(string virtualHost = "/")
    {
        // Without statistics the totals are current, not some seconds old.
        var queues = await _http.GetFromJsonAsync<Queue[]>(
            $"queues/{Uri.EscapeDataString(virtualHost)}?disable_stats=true&enable_queue_totals=true"
        );
        return queues!.ToDictionary(x => x.Name, x => x.Messages);
    }

    /// <summary>The number of consumers of each queue of a virtual host, now.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ConsumersAsync(string virtualHost = "/")
    {
        // RabbitMQ's statistics of a quorum queue are up to five seconds old.
        var consumers = await _http.GetFromJsonAsync<Consumer[]>($"consumers/{Uri.EscapeDataString(virtualHost)}");
        var counts = consumers!.CountBy(x => x.Queue.Name).ToDictionary();
        return (await QueueDepthsAsync(virtualHost)).Keys.ToDictionary(x => x, counts.GetValueOrDefault);
    }

    async Task BindAsync(string host, string exchange, string queue)
    {
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync($"bindings/{host}/e/{exchange}/q/{queue}", body);
        answer.EnsureSuccessStatusCode();
    }

    async Task UnbindAsync(string host, string exchange, string queue)
    {
        using var answer = await _http.DeleteAsync($"bindings/{host}/e/{exchange}/q/{queue}/~");
        answer.EnsureSuccessStatusCode();
    }

    async Task PutAsync(string path, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PutAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }

    sealed record Queue([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("messages")] long Messages);

    sealed record Consumer([property: JsonPropertyName("queue")] Named Queue);

    sealed record Named([property: JsonPropertyName("name")] string Name);
}
