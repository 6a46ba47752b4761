using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Monarch.Hosting.Http;

/// <summary>Distinguishes local programs from web pages in a local browser.</summary>
static class LocalCaller
{
    static readonly string[] ForwardingHeaders =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Via",
    ];

    /// <summary>The response to a request that comes from a foreign page or through a proxy; null for other requests.</summary>
    public static IResult? Refusal(HttpRequest request)
    {
        // A page whose host name resolves to 127.0.0.1 (DNS rebinding) still sends that name.
        if (!IsLocal(request.Host.Host))
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status421MisdirectedRequest,
                detail: $"Without {HttpOptions.ApiKeyKey} Monarch responds to localhost and loopback addresses only."
            );
        }
        // A local reverse proxy forwards requests of any caller from a loopback address, and may send its own host name.
        if (ForwardingHeaders.FirstOrDefault(request.Headers.ContainsKey) is { } header)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                detail: $"The request came through a proxy ({header}). Set {HttpOptions.ApiKeyKey}: without it, only local programs may call."
            );
        }
        return RefusalOfPage(request);
    }

    static ProblemHttpResult? RefusalOfPage(HttpRequest request) =>
        // The browser prevents foreign pages from reading responses; a plain form can post anywhere.
        IsChange(request.Method) && IsFromAnotherSite(request)
            ? TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "A page of another site may not do this.")
            : null;

    /// <summary>
    /// Whether a page in a browser requests a change: its host name may resolve to this machine (DNS rebinding), regardless of its
    /// Sec-Fetch-Site.
    /// </summary>
    public static bool IsChangeFromPage(HttpRequest request) =>
        IsChange(request.Method) && (request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site"));

    static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    public static bool IsChange(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        || (
            request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        );
}
