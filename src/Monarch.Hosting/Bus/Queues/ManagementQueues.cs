using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Monarch.Hosting.Bus.Queues;

/// <summary>
/// Reads all queues in one request to RabbitMQ's management API. When the API does not respond, it is called again after ten minutes.
/// </summary>
sealed class ManagementQueues(HttpClient http, IOptions<RabbitMqOptions> options, TimeProvider time) : IQueueLengths
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    // 0: the last request succeeded, or there was none.
    long _failedAt;

    public async Task<IReadOnlyList<QueueLength>?> ReadAsync(CancellationToken cancellationToken)
    {
        if ((_failedAt != 0 && time.GetElapsedTime(_failedAt) < RetryAfter) || Address() is not var (address, login))
        {
            return null;
        }

        // A request every few seconds must not start a trace.
        using var suppressed = SuppressInstrumentationScope.Begin();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = login;
            using var answer = await http.SendAsync(request, cancellationToken);
            var queues = await answer
                .EnsureSuccessStatusCode()
                .Content.ReadFromJsonAsync(QueueJson.Default.IReadOnlyListManagedQueue, cancellationToken);
            _failedAt = 0;
            return [.. queues!.Select(x => new QueueLength(x.Name, x.Ready, x.Unacknowledged, x.Consumers))];
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException or NotSupportedException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            _failedAt = time.GetTimestamp();
            return null;
        }
    }

    (Uri Address, AuthenticationHeaderValue Login)? Address()
    {
        if (options.Value.ManagementPort == 0 || !RabbitMqAddress.TryParse(options.Value, out var broker))
        {
            return null;
        }

        var api = new UriBuilder(broker.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, broker.Host, options.Value.ManagementPort)
        {
            Path = $"/api/queues/{Uri.EscapeDataString(broker.VirtualHost)}",
            // Without statistics the totals are current, not some seconds old.
            Query = "disable_stats=true&enable_queue_totals=true",
        };
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.User}:{broker.Password}"));
        return (api.Uri, new("Basic", login));
    }
}

/// <summary>A queue as the management API describes it.</summary>
sealed record ManagedQueue(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("messages_ready")] long Ready,
    [property: JsonPropertyName("messages_unacknowledged")] long Unacknowledged,
    [property: JsonPropertyName("consumers")] long Consumers
);

[JsonSerializable(typeof(IReadOnlyList<ManagedQueue>))]
sealed partial class QueueJson : JsonSerializerContext;
