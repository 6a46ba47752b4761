using System.Diagnostics.Metrics;
using System.Text.Json;
using Monarch.Testing;
using Monarch.Tests.Hosting;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Telemetry;

public sealed class Being_scraped_by_Prometheus
{
    static readonly HttpClient Http = new();

    [Fact]
    public async Task Should_be_up_and_say_what_it_is()
    {
        await using var host = await TestHost.StartAsync();
        // A meter of its own: the exporter mixes meters of one name, also those of other hosts in this process.
        using var meter = new Meter("Monarch.Tests.Scraped");
        meter.CreateCounter<long>("monarch.tests.scraped", "{scrape}", "Scrapes").Add(3);
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["prometheus.yml"], $"""
            global: {JsonSerializer.Serialize(new { scrape_interval = "1s", scrape_timeout = "1s" })}
            scrape_configs:
              - job_name: monarch
                static_configs: [targets: ['{host.Metrics.BaseAddress!.Authority}']]
            """, Token);
        var port = FreePort.Next();
        await using var prometheus = await ChildProcess.StartAsync(
            "prometheus", ["--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address=127.0.0.1:{port}"], directory: directory.Path);

        await Until.TrueAsync(async () => await QueryAsync(port, "up") is ["1"], "the scrape is taken", state: () => prometheus.Output);

        (await QueryAsync(port, "target_info{service_name=\"monarch-serve\"}")).ShouldBe(["1"]);
        (await QueryAsync(port, "monarch_tests_scraped_total{otel_scope_name=\"Monarch.Tests.Scraped\"}")).ShouldBe(["3"]);
    }

    static async Task<IReadOnlyList<string?>> QueryAsync(int port, string query)
    {
        try
        {
            var answer = await Http.GetByteArrayAsync($"http://127.0.0.1:{port}/api/v1/query?query={Uri.EscapeDataString(query)}", Token);
            return [.. JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(x => x.GetProperty("value")[1].GetString())];
        }
        catch (HttpRequestException) { return []; } // It starts, or does not answer queries yet.
    }
}
