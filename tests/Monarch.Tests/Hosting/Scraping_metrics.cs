using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Scraping_metrics : IAsyncLifetime
{
    readonly Meter _meter = new($"Monarch.Tests.{Guid.NewGuid():N}");
    TestHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Scope => $"otel_scope_name=\"{_meter.Name}\"";

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _meter.Dispose();
    }

    [Fact]
    public async Task Should_expose_a_counter_as_a_total()
    {
        _meter
            .CreateCounter<long>("monarch.tests.copied", "{issue}", "Issues copied")
            .Add(3, new KeyValuePair<string, object?>("outcome", "created"));

        (await ScrapeAsync()).ShouldContain(
            $$"""
            # TYPE monarch_tests_copied_total counter
            # HELP monarch_tests_copied_total Issues copied
            monarch_tests_copied_total{{{Scope}},outcome="created"} 3

            """
        );
    }

    [Fact]
    public async Task Should_expose_seconds_in_cumulative_buckets()
    {
        var histogram = _meter.CreateHistogram(
            "monarch.tests.step.duration",
            "s",
            "Time of a step",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.1] }
        );
        foreach (var value in (double[])[0.005, 0.0075, 0.05, 5])
        {
            histogram.Record(value);
        }

        (await ScrapeAsync()).ShouldContain(
            $$"""
            # TYPE monarch_tests_step_duration_seconds histogram
            # HELP monarch_tests_step_duration_seconds Time of a step
            monarch_tests_step_duration_seconds_bucket{{{Scope}},le="0.025"} 2
            monarch_tests_step_duration_seconds_bucket{{{Scope}},le="0.1"} 3
            monarch_tests_step_duration_seconds_bucket{{{Scope}},le="+Inf"} 4
            monarch_tests_step_duration_seconds_sum{{{Scope}}} 5.0625
            monarch_tests_step_duration_seconds_count{{{Scope}}} 4

            """
        );
    }

    [Fact]
    public async Task Should_measure_seconds_up_to_minutes_where_no_buckets_are_advised()
    {
        _meter.CreateHistogram<double>("monarch.tests.plain.duration", "s").Record(42);

        var text = await ScrapeAsync();

        text.ShouldContain($"monarch_tests_plain_duration_seconds_bucket{{{Scope},le=\"30\"}} 0\n");
        text.ShouldContain($"monarch_tests_plain_duration_seconds_bucket{{{Scope},le=\"60\"}} 1\n");
    }

    [Fact]
    public async Task Should_expose_an_up_down_counter_as_a_gauge()
    {
        _meter.CreateUpDownCounter<long>("monarch.tests.open", "{batch}").Add(-2);
        _meter.CreateObservableGauge("monarch.tests.load", () => 0.5, "1");

        var text = await ScrapeAsync();

        text.ShouldContain("# TYPE monarch_tests_open gauge\n");
        text.ShouldContain($"monarch_tests_open{{{Scope}}} -2\n");
        text.ShouldContain($"monarch_tests_load{{{Scope}}} 0.5\n");
    }

    [Fact]
    public async Task Should_escape_label_values()
    {
        _meter.CreateCounter<long>("monarch.tests.odd", null, "a \\ b\nc").Add(1, new("quoted", "say \"hi\"\n\\o/"), new("1st.key", true));

        var text = await ScrapeAsync();

        text.ShouldContain("# HELP monarch_tests_odd_total a \\\\ b\\nc\n");
        text.ShouldContain($"monarch_tests_odd_total{{{Scope},_1st_key=\"true\",quoted=\"say \\\"hi\\\"\\n\\\\o/\"}} 1\n");
    }

    [Fact]
    public async Task Should_expose_no_label_twice()
    {
        _meter.CreateCounter<long>("monarch.tests.twice").Add(1, new("a.key", 1), new("a-key", 2));

        (await ScrapeAsync()).Split('\n').Single(line => line.StartsWith("monarch_tests_twice_total{")).Split("a_key=").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Should_use_prometheus_naming()
    {
        _meter.CreateObservableGauge("monarch.tests.wait_seconds", () => 1, "s");
        _meter.CreateObservableGauge("monarch.tests.memory", () => 1, "By");
        _meter.CreateCounter<long>("monarch.tests.jobs_total").Add(1);
        _meter.CreateObservableGauge("monarch.tests.cpu", () => 1, "%");

        var text = await ScrapeAsync();

        foreach (
            var name in (string[])
                ["monarch_tests_wait_seconds", "monarch_tests_memory_bytes", "monarch_tests_jobs_total", "monarch_tests_cpu_percent"]
        )
        {
            text.ShouldContain($"\n{name}{{{Scope}}} 1\n");
        }
    }

    [Fact]
    public async Task Should_not_expose_the_meter_of_MassTransit()
    {
        using var massTransit = new Meter("MassTransit");
        massTransit.CreateCounter<long>("messaging.masstransit.tests.active", "ea").Add(1);

        (await ScrapeAsync()).ShouldNotContain("messaging_masstransit");
    }

    [Fact]
    public async Task Should_identify_the_process()
    {
        var text = await ScrapeAsync();

        text.ShouldContain("# TYPE target_info gauge\n");
        text.ShouldMatch(
            """(?m)^target_info\{.*service_name="monarch-serve",service_namespace="monarch",service_version=".+",service_instance_id=".+"\} 1$"""
        );
    }

    [Fact]
    public async Task Should_return_open_metrics_on_request()
    {
        _meter.CreateCounter<long>("monarch.tests.issues", null, "Issues").Add(1);

        var text = await ScrapeAsync("application/openmetrics-text;version=1.0.0");

        text.ShouldContain(
            $"# TYPE monarch_tests_issues counter\n# HELP monarch_tests_issues Issues\nmonarch_tests_issues_total{{{Scope}}} 1\n"
        );
        text.ShouldContain("# TYPE target info\n");
        text.ShouldEndWith("# EOF\n");
    }

    [Theory]
    [InlineData(null, "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3", "application/openmetrics-text")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;version=0.0.4;q=0.3", "text/plain")]
    [InlineData("application/openmetrics-text;version=0.0.1", "application/openmetrics-text")]
    [InlineData("application/openmetrics-text;version=9.0.0", "text/plain")]
    public async Task Should_return_the_preferred_format(string? accept, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await _host.Metrics.SendAsync(request, Token);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Should_be_compressed_if_the_client_accepts_it(string accept, bool isCompressed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);

        using var answer = await _host.Metrics.SendAsync(request, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        using var reader = new StreamReader(isCompressed ? new GZipStream(body, CompressionMode.Decompress) : body, Encoding.UTF8);

        answer.Content.Headers.ContentEncoding.Contains("gzip").ShouldBe(isCompressed);
        (await reader.ReadToEndAsync(Token)).ShouldContain("target_info{");
    }

    async Task<string> ScrapeAsync(string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await _host.Metrics.SendAsync(request, Token);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token);
    }
}
