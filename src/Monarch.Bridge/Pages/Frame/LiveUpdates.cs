using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Monarch.Bridge.Pages.Frame;

/// <summary>
/// Parts of pages that replace themselves: htmx requests the same address again, and the answer is that part alone. People can stop it.
/// </summary>
static class LiveUpdates
{
    const string Parameter = "live";
    const string Off = "off";

    /// <summary>How often a part is requested.</summary>
    public const string Trigger = "every 5s";

    public static bool AreOn(HttpRequest request) => request.Query[Parameter] != Off;

    /// <summary>The address of the page with or without updates.</summary>
    public static string Address(HttpRequest request, bool isLive)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key != Parameter));
        if (!isLive)
        {
            query.Add(Parameter, Off);
        }

        return $"{request.Path}{query}";
    }
}
