using System.Net;
using System.Text.Json;
using Monarch.Testing;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Telemetry;

/// <summary>Debian's Prometheus in a separate process, which scrapes every half second.</summary>
sealed class Prometheus : IAsyncDisposable
{
    readonly HttpClient _http;
    readonly ChildProcess _process;
    readonly TemporaryDirectory _directory;

    Prometheus(HttpClient http, ChildProcess process, TemporaryDirectory directory) =>
        (_http, _process, _directory) = (http, process, directory);

    /// <summary>Its output.</summary>
    public string Output => _process.Output;

    /// <param name="targets">The metrics port of each service, by its name in docker-compose.yml.</param>
    public static async Task<Prometheus> StartAsync(params IEnumerable<(string Service, int Port)> targets)
    {
        var directory = new TemporaryDirectory();
        var jobs = new[]
        {
            new
            {
                job_name = "monarch",
                static_configs = targets.Select(x => new
                {
                    targets = new[] { $"127.0.0.1:{x.Port}" },
                    labels = new { service = x.Service },
                }),
            },
        };
        // JSON is YAML.
        await File.WriteAllTextAsync(
            directory["prometheus.yml"],
            JsonSerializer.Serialize(new { global = new { scrape_interval = "500ms", scrape_timeout = "500ms" }, scrape_configs = jobs }),
            Token
        );
        var port = FreePort.Next();
        var process = await ChildProcess.StartAsync(
            "prometheus",
            ["--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address=127.0.0.1:{port}"],
            directory: directory.Path
        );
        return new(new() { BaseAddress = new($"http://127.0.0.1:{port}/") }, process, directory);
    }

    /// <summary>The values of an expression, now; empty while it starts.</summary>
    /// <exception cref="InvalidOperationException">The expression is invalid.</exception>
    public async Task<IReadOnlyList<string?>> QueryAsync(string expression)
    {
        try
        {
            using var answer = await _http.GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", Token);
            var body = await answer.Content.ReadAsStringAsync(Token);
            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
            {
                throw new InvalidOperationException($"{expression}: {body}");
            }

            return answer.IsSuccessStatusCode
                ?
                [
                    .. JsonDocument
                        .Parse(body)
                        .RootElement.GetProperty("data")
                        .GetProperty("result")
                        .EnumerateArray()
                        .Select(x => x.GetProperty("value")[1].GetString()),
                ]
                : [];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        _directory.Dispose();
    }
}
