using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Measures the requests to GitHub.</summary>
sealed class GitHubInstruments(IMeterFactory meters)
{
    readonly Histogram<double> _duration = meters
        .Create("Monarch")
        .CreateHistogram<double>(
            "monarch.github.request.duration",
            "s",
            "Time from a request to GitHub to the headers of its answer, by kind and status."
        );

    /// <summary>Records the end of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The answer's status; null without an answer.</param>
    /// <param name="duration">The elapsed time.</param>
    public void Ended(HttpRequestMessage request, HttpStatusCode? status, TimeSpan duration) =>
        _duration.Record(
            duration.TotalSeconds,
            new("kind", Kind(request)),
            new("status", status is { } code ? ((int)code).ToString(CultureInfo.InvariantCulture) : "none")
        );

    /// <summary>The purpose of a request, with a default for each method.</summary>
    internal static string Kind(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        var path = address.AbsolutePath;
        return request.Method.Method switch
        {
            "POST" when path.EndsWith("/access_tokens", StringComparison.Ordinal) => "token",
            "POST" => "create",
            "GET"
                when path.EndsWith("/issues", StringComparison.Ordinal)
                    && address.Query.Contains("direction=desc", StringComparison.Ordinal) => "search",
            "GET" when path.EndsWith("/issues", StringComparison.Ordinal) => "list",
            "GET" when path.EndsWith("/user", StringComparison.Ordinal) || path.EndsWith("/installation", StringComparison.Ordinal) =>
                "account",
            "GET" or "HEAD" => "read",
            _ => "write",
        };
    }
}
