using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Hosting.Telemetry;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Monarch.Testing.Otlp;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Serilog.Core;
using Serilog.Events;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

// Providers of one process see each other's spans.
[Collection("Providers of telemetry")]
public sealed class Exporting_spans
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Should_export_a_span_after_its_parents()
    {
        using var source = new ActivitySource($"Monarch.Test.{Guid.NewGuid():N}");
        var exporter = new Recorder();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddProcessor(new ParentFirstProcessor(exporter))
            .Build();

        using (source.StartActivity("step"))
        {
            using (source.StartActivity("issue"))
            {
                source.StartActivity("post")!.Dispose();
            }

            exporter.Ended.ShouldBeEmpty();
        }

        exporter.Ended.ShouldBe(["step", "issue", "post"]);
    }

    [Fact]
    public async Task Should_export_a_child_that_outlives_its_parent_immediately()
    {
        using var source = new ActivitySource($"Monarch.Test.{Guid.NewGuid():N}");
        var exporter = new Recorder();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddProcessor(new ParentFirstProcessor(exporter))
            .Build();
        var end = new TaskCompletionSource();
        Task late;

        using (source.StartActivity("step"))
        {
            late = LateAsync();
        }

        end.SetResult();
        await late;
        exporter.Ended.ShouldBe(["step", "late"]);

        async Task LateAsync()
        {
            using var span = source.StartActivity("late");
            await end.Task;
        }
    }

    [Fact]
    public void Should_export_a_kept_span_immediately()
    {
        using var source = new ActivitySource($"Monarch.Test.{Guid.NewGuid():N}");
        var exporter = new Recorder();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddProcessor(new ParentFirstProcessor(exporter))
            .Build();

        source.StartActivity("common")!.Dispose();
        exporter.Flushes.ShouldBeEmpty();
        using (source.StartActivity("kept"))
        {
            TraceParent.Keep().ShouldNotBeNull();
        }

        exporter.Flushes.ShouldHaveSingleItem().ShouldBe(0, "it is not waited for");
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", false)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_on", true)]
    [InlineData("OTEL_SERVICE_NAME", "the-school-s", true)]
    public async Task Should_honour_the_settings_of_the_SDK(string key, string value, bool isExported)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var agent = $"agent-{Guid.NewGuid():N}";
        var settings = collector
            .Settings.Select(x => (x.Key, x.Value))
            .Append((key, value))
            .Append(("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=term"))
            .Append(("OTEL_BSP_SCHEDULE_DELAY", "20"));

        await using (var host = await TestHost.StartAsync([.. settings]))
        {
            host.Web.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            (await host.Web.PostAsync("/api/length?page=7", new StringContent("four"), Token)).EnsureSuccessStatusCode();
            // A server's span ends a moment after its answer has arrived.
            await Until.TrueAsync(() => !isExported || Spans().Count > 0, "the span is exported");
        }

        var spans = Spans();
        spans.Count.ShouldBe(isExported ? 1 : 0);
        spans.ShouldAllBe(x =>
            x.Resource["deployment.environment.name"] == "term"
            && x.Resource["service.name"] == (key == "OTEL_SERVICE_NAME" ? value : "monarch-serve")
        );
        spans.SelectMany(x => x.Attributes.Values).ShouldNotContain(x => x.Contains("page=7", StringComparison.Ordinal));

        List<ExportedSpan> Spans() => [.. collector.Spans.Where(x => x.Attributes.GetValueOrDefault("user_agent.original") == agent)];
    }

    [Fact]
    public async Task Should_hide_the_path_of_a_secret_address()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (await TestHost.StartAsync([.. collector.Settings.Select(x => (x.Key, x.Value)), ("OTEL_BSP_SCHEDULE_DELAY", "20")]))
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(
                HttpMethod.Put,
                $"http://user:secret-word@127.0.0.1:{receiver.Endpoint.Port}/services/secret-path?key=secret-key"
            );
            request.HidePath();
            (await http.SendAsync(request, Token)).EnsureSuccessStatusCode();
            await Until.TrueAsync(() => Span() is not null, "the request is traced");
        }

        var span = Span().ShouldNotBeNull();
        span.Attributes["url.full"].ShouldBe($"http://127.0.0.1:{receiver.Endpoint.Port}");
        span.Attributes.Values.Append(span.Name).ShouldNotContain(x => x.Contains("secret", StringComparison.Ordinal));

        ExportedSpan? Span() =>
            collector.Spans.FirstOrDefault(x =>
                x.Attributes.ContainsKey("url.full") && x.Attributes.GetValueOrDefault("server.port") == $"{receiver.Endpoint.Port}"
            );
    }

    [Fact]
    public async Task Should_honour_the_ratio_of_the_sampler_for_whole_traces()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var agent = $"agent-{Guid.NewGuid():N}";
        var settings = collector
            .Settings.Select(x => (x.Key, x.Value))
            .Append(("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"))
            .Append(("OTEL_TRACES_SAMPLER_ARG", "0"))
            .Append(("OTEL_BSP_SCHEDULE_DELAY", "20"));

        await using (var host = await TestHost.StartAsync([.. settings]))
        {
            host.Web.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            host.Web.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            (await host.Web.PostAsync("/api/length", new StringContent("four"), Token)).EnsureSuccessStatusCode();
            host.Web.DefaultRequestHeaders.Remove("traceparent");
            host.Web.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-00");
            (await host.Web.PostAsync("/api/length", new StringContent("four"), Token)).EnsureSuccessStatusCode();
            await Until.TrueAsync(
                () => collector.Spans.Any(x => x.Attributes.GetValueOrDefault("user_agent.original") == agent),
                "a span is exported"
            );
        }

        collector
            .Spans.Where(x => x.Attributes.GetValueOrDefault("user_agent.original") == agent)
            .ShouldHaveSingleItem()
            .TraceId.ShouldBe("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task Should_warn_once_per_signal_of_an_unreachable_collector()
    {
        var sink = new Lines();
        using var failures = new Failures();
        var builder = TestHost.Builder(
            HostRole.Serve,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "20"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "50")
        );
        builder.Services.AddSingleton<ILogEventSink>(sink);
        await using var host = await TestHost.StartAsync(builder);

        await Until.TrueAsync(
            async () =>
                (await host.Web.PostAsync("/api/length", new StringContent("four"), Token)).IsSuccessStatusCode
                && failures.Of("/v1/traces") > 3
                && failures.Of("/v1/metrics") > 3,
            "exports have failed"
        );

        foreach (var signal in (string[])["Traces", "Metrics"])
        {
            var start = $"\"{signal}\" are not pushed to \"http://127.0.0.1:9/";
            var line = sink.Ended.Where(x => x.StartsWith(start, StringComparison.Ordinal)).ShouldHaveSingleItem();
            line.ShouldContain("Connection refused");
            line.ShouldEndWith("OTEL_EXPORTER_OTLP_PROTOCOL");
        }
    }

    sealed class Recorder : BaseProcessor<Activity>
    {
        readonly ConcurrentQueue<string> _ended = [];

        public IReadOnlyList<string> Ended => [.. _ended];

        public List<int> Flushes { get; } = [];

        public override void OnEnd(Activity data) => _ended.Enqueue(data.OperationName);

        protected override bool OnForceFlush(int timeoutMilliseconds)
        {
            Flushes.Add(timeoutMilliseconds);
            return true;
        }
    }

    sealed class Lines : ILogEventSink
    {
        readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyList<string> Ended => [.. _lines];

        public void Emit(LogEvent logEvent)
        {
            if (
                logEvent.Properties.TryGetValue("SourceContext", out var source)
                && $"{source}".Contains(nameof(CollectorWatch), StringComparison.Ordinal)
            )
            {
                _lines.Enqueue(logEvent.RenderMessage(null));
            }
        }
    }

    /// <summary>Counts what the exporter reports, the host under test or another.</summary>
    sealed class Failures : EventListener
    {
        readonly ConcurrentQueue<string> _endpoints = [];

        public int Of(string path) => _endpoints.Count(x => x.EndsWith(path, StringComparison.Ordinal));

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (
                eventData.Payload?.OfType<string>().FirstOrDefault() is { } endpoint
                && endpoint.Contains("127.0.0.1:9/", StringComparison.Ordinal)
            )
            {
                _endpoints.Enqueue(endpoint);
            }
        }
    }
}
