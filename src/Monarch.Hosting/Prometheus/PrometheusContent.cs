using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Monarch.Hosting.Prometheus;

/// <summary>What the scraper asked for.</summary>
static class PrometheusContent
{
    public static PrometheusFormat FormatFor(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return PrometheusFormat.Text;
        var openMetrics = Quality(accepted.Where(IsOpenMetrics));
        return openMetrics > 0 && openMetrics >= Quality(accepted.Where(type => type.MediaType == "text/plain"))
            ? PrometheusFormat.OpenMetrics
            : PrometheusFormat.Text;
    }

    public static string TypeOf(PrometheusFormat format) => format == PrometheusFormat.OpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    public static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);

    // Only the version that is written; a scraper that wants another gets the plain text that every one reads.
    static bool IsOpenMetrics(MediaTypeHeaderValue type) =>
        type.MediaType == "application/openmetrics-text"
        && type.Parameters.FirstOrDefault(parameter => parameter.Name == "version") is null or { Value.Value: "1.0.0" };

    static double Quality(IEnumerable<MediaTypeHeaderValue> types) => types.Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
}
