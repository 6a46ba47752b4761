using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text;
using Monarch.Hosting.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Scraping_metrics : IDisposable
{
    readonly Meter _meter = new($"Monarch.Tests.{Guid.NewGuid():N}");
    readonly Meter _massTransit = new("MassTransit", "8.4.0");
    readonly PrometheusReader _reader = new();
    readonly MeterProvider _provider;

    public Scraping_metrics() => _provider = Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("monarch-serve", autoGenerateServiceInstanceId: false))
        .AddMeter(_meter.Name, "MassTransit")
        .AddReader(_reader)
        .Build();

    string Scope => $"otel_scope_name=\"{_meter.Name}\"";

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
        _massTransit.Dispose();
    }

    [Fact]
    public void Should_show_a_counter_as_a_total()
    {
        _meter.CreateCounter<long>("monarch.issue.migrations", "{issue}", "Issues copied").Add(3, new KeyValuePair<string, object?>("outcome", "created"));

        Scrape().ShouldContain($$"""
            # TYPE monarch_issue_migrations_total counter
            # HELP monarch_issue_migrations_total Issues copied
            monarch_issue_migrations_total{{{Scope}},outcome="created"} 3

            """);
    }

    [Fact]
    public void Should_show_milliseconds_as_seconds_in_cumulative_buckets()
    {
        var histogram = _meter.CreateHistogram("monarch.step.duration", "ms", "", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [25, 100] });
        foreach (var value in (double[])[5, 7.5, 50, 5000])
            histogram.Record(value);

        Scrape().ShouldContain($$"""
            # TYPE monarch_step_duration_seconds histogram
            # HELP monarch_step_duration_seconds monarch.step.duration
            monarch_step_duration_seconds_bucket{{{Scope}},le="0.025"} 2
            monarch_step_duration_seconds_bucket{{{Scope}},le="0.1"} 3
            monarch_step_duration_seconds_bucket{{{Scope}},le="+Inf"} 4
            monarch_step_duration_seconds_sum{{{Scope}}} 5.0625
            monarch_step_duration_seconds_count{{{Scope}}} 4

            """);
    }

    [Fact]
    public void Should_show_what_goes_down_again_as_a_gauge()
    {
        _meter.CreateUpDownCounter<long>("monarch.open", "{batch}").Add(-2);
        _massTransit.CreateCounter<long>("messaging.masstransit.consume.active", "ea").Add(1);
        _meter.CreateObservableGauge("monarch.load", () => 0.5, "1");

        var text = Scrape();

        text.ShouldContain($"# TYPE monarch_open gauge\n");
        text.ShouldContain($"monarch_open{{{Scope}}} -2\n");
        text.ShouldContain("# TYPE messaging_masstransit_consume_active gauge\n");
        text.ShouldContain("messaging_masstransit_consume_active{otel_scope_name=\"MassTransit\",otel_scope_version=\"8.4.0\"} 1\n");
        text.ShouldContain($"monarch_load_ratio{{{Scope}}} 0.5\n");
    }

    [Fact]
    public void Should_escape_what_would_break_a_line()
    {
        _meter.CreateCounter<long>("monarch.odd", null, "a \\ b\nc").Add(1, new("quoted", "say \"hi\"\n\\o/"), new("1st.key", true), new("le", 3));

        var text = Scrape();

        text.ShouldContain("# HELP monarch_odd_total a \\\\ b\\nc\n");
        text.ShouldContain($"monarch_odd_total{{{Scope},_1st_key=\"true\",quoted=\"say \\\"hi\\\"\\n\\\\o/\"}} 1\n");
    }

    [Fact]
    public void Should_never_show_a_label_twice()
    {
        _meter.CreateCounter<long>("monarch.odd").Add(1, new("a.key", 1), new("a-key", 2));

        Scrape().Split('\n').Single(line => line.StartsWith("monarch_odd_total{")).Split("a_key=").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("http.server.duration", "s", "histogram", "http_server_duration_seconds")]
    [InlineData("wait_seconds", "s", "gauge", "wait_seconds")]
    [InlineData("memory.used", "By", "gauge", "memory_used_bytes")]
    [InlineData("jobs_total", null, "counter", "jobs")]
    [InlineData("2xx.count", "{request}", "gauge", "_2xxs")]
    [InlineData("cpu", "%", "gauge", "cpu_percent")]
    public void Should_name_things_as_prometheus_does(string name, string? unit, string type, string expected) =>
        MetricNames.Of(name, unit, type).ShouldBe(expected);

    [Fact]
    public void Should_say_what_the_process_is() =>
        Scrape().ShouldContain("# TYPE target_info gauge\n# HELP target_info What this process is\ntarget_info{service_name=\"monarch-serve\"} 1\n");

    [Fact]
    public void Should_speak_open_metrics_where_it_is_asked_for()
    {
        _meter.CreateCounter<long>("monarch.issues").Add(1);

        var text = _reader.Scrape(PrometheusFormat.OpenMetrics)!;

        text.ShouldContain($"# TYPE monarch_issues counter\n# HELP monarch_issues monarch.issues\nmonarch_issues_total{{{Scope}}} 1\n");
        text.ShouldContain("# TYPE target info\n");
        text.ShouldEndWith("# EOF\n");
    }

    [Theory]
    [InlineData(null, "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3", "application/openmetrics-text")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;version=0.0.4;q=0.3", "text/plain")]
    [InlineData("application/openmetrics-text;version=0.0.1", "text/plain")]
    public async Task Should_answer_in_the_format_that_is_preferred(string? accept, string expected)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await host.Metrics.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Should_be_compressed_where_that_is_understood(string accept, bool isCompressed)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);

        using var answer = await host.Metrics.SendAsync(request, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(isCompressed ? new GZipStream(body, CompressionMode.Decompress) : body, Encoding.UTF8);

        answer.Content.Headers.ContentEncoding.Contains("gzip").ShouldBe(isCompressed);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("target_info{");
    }

    string Scrape() => _reader.Scrape(PrometheusFormat.Text)!;
}
