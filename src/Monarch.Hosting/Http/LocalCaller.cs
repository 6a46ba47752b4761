using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Monarch.Hosting.Http;

/// <summary>Tells this machine's own programs from web pages that make a browser call for them.</summary>
static class LocalCaller
{
    static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>What to answer a request that a foreign page has a hand in; null when none has.</summary>
    public static IResult? Refusal(HttpRequest request)
    {
        // A page whose host name was pointed at 127.0.0.1 (DNS rebinding) still sends that name.
        if (!IsLocal(request.Host.Host))
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status421MisdirectedRequest,
                detail: $"Without {HttpOptions.ApiKeyKey} Monarch answers to localhost and loopback addresses only.");
        }
        // A reverse proxy on this machine calls from a loopback address for anyone, and may send its own host name.
        if (ForwardingHeaders.FirstOrDefault(request.Headers.ContainsKey) is { } header)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                detail: $"The request came through a proxy ({header}). Set {HttpOptions.ApiKeyKey}: without it, only programs of this machine may call.");
        }
        return RefusalOfPage(request);
    }

    static ProblemHttpResult? RefusalOfPage(HttpRequest request) =>
        // Reading is kept from foreign pages by the browser; a plain form can post anywhere.
        ChangesSomething(request.Method) && IsFromAnotherSite(request)
            ? TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "A page of another site may not do this.")
            : null;

    /// <summary>Whether a page in a browser would change something: its host name may have been pointed here (DNS rebinding), whatever it says of its site.</summary>
    public static bool ChangesSomethingFromPage(HttpRequest request) =>
        ChangesSomething(request.Method) && (request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site"));

    static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    static bool ChangesSomething(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
