using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Testing.Otlp;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

// Providers of one process see each other's spans.
[Collection("Providers of telemetry")]
public sealed class Pushing_telemetry
{
    static readonly (string, string) Collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true)]
    [InlineData("otlp", true)]
    [InlineData("none", false)]
    public async Task Should_push_metrics_unless_the_exporter_is_none(string exporter, bool expected)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var settings = collector.Settings.Select(x => (x.Key, x.Value)).Append(("OTEL_METRICS_EXPORTER", exporter));
        await using var host = await TestHost.StartAsync([.. settings]);

        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        (collector.MetricPushes > 0).ShouldBe(expected);
    }

    [Fact]
    public async Task Should_wait_at_most_two_seconds_for_the_collector_at_shutdown()
    {
        var (spans, metrics) = (new RecordingProcessor(), new RecordingReader());
        var builder = TestHost.Builder(HostRole.Serve, Collector);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(spans));
        builder.Services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddReader(metrics));

        await using (await TestHost.StartAsync(builder)) { }

        spans.Shutdowns.ShouldHaveSingleItem().ShouldBeInRange(0, 2000);
        metrics.Shutdowns.ShouldHaveSingleItem().ShouldBeInRange(0, 2000);
    }

    [Theory]
    [InlineData("/api/ping")]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    public async Task Should_trace_requests_but_no_scrapes_probes_and_reads(string path)
    {
        var spans = new RecordingProcessor();
        var builder = TestHost.Builder(HostRole.Serve, Collector);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(spans));
        var agent = $"agent-{Guid.NewGuid():N}";

        await using (var host = await TestHost.StartAsync(builder))
        {
            host.Web.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            host.Metrics.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            (await (path == "/metrics" ? host.Metrics : host.Web).GetAsync(path, Token)).EnsureSuccessStatusCode();
            (await host.Web.PostAsync("/api/length", new StringContent("four"), Token)).EnsureSuccessStatusCode();
            await Until.TrueAsync(() => spans.Ended.Any(span => IsOf(agent, "/api/length", span)), "the last request is traced");
        }

        spans.Ended.ShouldNotContain(span => IsOf(agent, path, span));
    }

    static bool IsOf(string agent, string path, Activity span) =>
        span.GetTagItem("user_agent.original") as string == agent
        && span.GetTagItem("url.path") as string == path
        && span.Kind == ActivityKind.Server;

    sealed class RecordingProcessor : BaseProcessor<Activity>
    {
        readonly System.Collections.Concurrent.ConcurrentQueue<Activity> _ended = [];

        public List<int> Shutdowns { get; } = [];

        public IReadOnlyCollection<Activity> Ended => _ended;

        public override void OnEnd(Activity data) => _ended.Enqueue(data);

        protected override bool OnShutdown(int timeoutMilliseconds)
        {
            Shutdowns.Add(timeoutMilliseconds);
            return true;
        }
    }

    sealed class RecordingReader : MetricReader
    {
        public List<int> Shutdowns { get; } = [];

        protected override bool OnShutdown(int timeoutMilliseconds)
        {
            Shutdowns.Add(timeoutMilliseconds);
            return true;
        }
    }
}
