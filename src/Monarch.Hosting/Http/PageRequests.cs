using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Monarch.Hosting.Http;

/// <summary>Distinguishes the requests of people in browsers from those of programs.</summary>
public static class PageRequests
{
    /// <summary>The address of the sign-in page.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>The query parameter of <see cref="SignInPath"/> with the address to return to.</summary>
    public const string ReturnParameter = "return";

    static readonly PathString[] OfPrograms = ["/api", "/openapi", "/health", "/metrics"];

    /// <summary>Whether an answer should be a page.</summary>
    /// <param name="request">The request.</param>
    public static bool WantsPage(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ListenerGuard.ListenerOf(request.HttpContext) == Listeners.Web
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !OfPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether htmx sent the request, to replace a part of a page.</summary>
    /// <param name="request">The request.</param>
    public static bool IsPartial(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.ContainsKey("HX-Request");
    }

    /// <summary>Marks endpoints whose forms are protected by an anti-forgery token: the cookie of a sign-in is enough to post them.</summary>
    /// <param name="endpoints">The endpoints.</param>
    public static TBuilder AsPages<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new PageMetadata());

    /// <summary>Opens endpoints of the web port to callers without a key.</summary>
    /// <param name="endpoints">The endpoints.</param>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new CallersMetadata(Callers.All));
}

/// <summary>An endpoint whose forms are protected by an anti-forgery token.</summary>
sealed record PageMetadata;
