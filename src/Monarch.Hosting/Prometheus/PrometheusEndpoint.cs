using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Monarch.Hosting.Http;
using Monarch.Hosting.Prometheus;

namespace Monarch.Hosting;

/// <summary>The endpoint that Prometheus scrapes, named as in OpenTelemetry.Exporter.Prometheus.AspNetCore, which it stands in for.</summary>
static class PrometheusEndpoint
{
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path = "/metrics") =>
        endpoints.MapGet(path, AnswerAsync).WithMetadata(new ShownOnMetadata(Listeners.Metrics)).ExcludeFromDescription();

    static async Task AnswerAsync(HttpContext context, PrometheusReader reader, ILogger<PrometheusReader> logger)
    {
        var format = PrometheusContent.FormatFor(context.Request);
        if (reader.Scrape(format) is not { } document)
        {
            Log.CollectionFailed(logger);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        context.Response.ContentType = PrometheusContent.TypeOf(format);
        context.Response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        var body = Encoding.UTF8.GetBytes(document);
        if (!PrometheusContent.TakesGzip(context.Request))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(body, context.RequestAborted);
    }
}
