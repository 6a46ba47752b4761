using Microsoft.AspNetCore.Http;

namespace Monarch.Bridge.Pages.Frame;

/// <summary>
/// A notice that is shown once, on the page that a form leads to. A cookie carries it, so that a reload does not repeat it and a link
/// cannot fake it.
/// </summary>
static class Notice
{
    const string Cookie = "monarch-notice";

    static readonly CookieOptions Options = new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        MaxAge = TimeSpan.FromMinutes(1),
        Path = "/",
    };

    /// <param name="response">The response.</param>
    /// <param name="notice">A word that stands for the notice.</param>
    public static void Leave(HttpResponse response, string notice) => response.Cookies.Append(Cookie, notice, Options);

    /// <returns>The word; null for none.</returns>
    public static string? Take(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var notice) || context.Request.Headers.ContainsKey("HX-Request"))
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options);
        return notice;
    }
}
