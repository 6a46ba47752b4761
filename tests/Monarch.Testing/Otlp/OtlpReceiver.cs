using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Monarch.Testing.Otlp;

/// <summary>A collector that accepts spans by OTLP over HTTP (<c>http/protobuf</c>), and keeps them.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    readonly ConcurrentQueue<ExportedSpan> _spans = [];
    readonly WebApplication _app;
    int _metricPushes;

    OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoopHostLifetime>();
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>Its address, for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>The settings that let a host push to it.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{Endpoint}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

    /// <summary>Every span that has arrived.</summary>
    public IReadOnlyList<ExportedSpan> Spans => [.. _spans];

    /// <summary>How often metrics were pushed.</summary>
    public int MetricPushes => Volatile.Read(ref _metricPushes);

    /// <summary>Every span of a trace.</summary>
    /// <param name="id">The trace's id.</param>
    public IReadOnlyList<ExportedSpan> Trace(string id) => [.. _spans.Where(x => x.TraceId == id)];

    /// <summary>Starts one on a free port.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        if (context.Request.Headers.ContentEncoding == "gzip")
        {
            await using var gzip = new GZipStream(context.Request.Body, CompressionMode.Decompress);
            await gzip.CopyToAsync(body, context.RequestAborted);
        }
        else
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }

        if (context.Request.Path == "/v1/traces")
        {
            foreach (var span in ExportedSpan.Read(body.ToArray()))
            {
                _spans.Enqueue(span);
            }
        }

        if (context.Request.Path == "/v1/metrics")
        {
            Interlocked.Increment(ref _metricPushes);
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>The test ends it.</summary>
    sealed class NoopHostLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
