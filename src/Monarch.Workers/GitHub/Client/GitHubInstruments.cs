using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Counts and times the requests to GitHub.</summary>
sealed class GitHubInstruments(IMeterFactory meters)
{
    readonly Histogram<double> _duration = meters.Create("Monarch").CreateHistogram<double>(
        "monarch.github.request.duration", "s", "Time from a request to GitHub to the headers of its answer, by kind and status.");

    /// <summary>A request has ended.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The answer's status; null when no answer came.</param>
    /// <param name="duration">How long it took.</param>
    public void Ended(HttpRequestMessage request, HttpStatusCode? status, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds,
        new("kind", Kind(request)),
        new("status", status is { } code ? ((int)code).ToString(CultureInfo.InvariantCulture) : "none"));

    /// <summary>What a request is for. Whatever is new falls under one of these by its method.</summary>
    internal static string Kind(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        var path = address.AbsolutePath;
        return request.Method.Method switch
        {
            "POST" when path.EndsWith("/access_tokens", StringComparison.Ordinal) => "token",
            "POST" => "create",
            "GET" when path.EndsWith("/issues", StringComparison.Ordinal) && address.Query.Contains("direction=desc", StringComparison.Ordinal) => "search",
            "GET" when path.EndsWith("/issues", StringComparison.Ordinal) => "list",
            "GET" when path.EndsWith("/user", StringComparison.Ordinal) || path.EndsWith("/installation", StringComparison.Ordinal) => "account",
            "GET" or "HEAD" => "read",
            _ => "write",
        };
    }
}
