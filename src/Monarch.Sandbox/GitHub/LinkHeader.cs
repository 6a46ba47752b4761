using System.Text;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's <c>Link</c> header.</summary>
/// <remarks>https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api</remarks>
static class LinkHeader
{
    /// <summary>The header for a page; null when everything is on the one page, as GitHub then sends none.</summary>
    public static string? For(string url, IQueryCollection query, IssueQuery asked, int total)
    {
        var last = Math.Max(1, (total + asked.PerPage - 1) / asked.PerPage);
        var links = new StringBuilder();
        if (asked.Page > 1)
            Add(links, url, query, Math.Min(asked.Page - 1, last), "prev");
        if (asked.Page < last)
        {
            Add(links, url, query, asked.Page + 1, "next");
            Add(links, url, query, last, "last");
        }

        if (asked.Page > 1)
            Add(links, url, query, 1, "first");
        return links.Length == 0 ? null : links.ToString();
    }

    static void Add(StringBuilder links, string url, IQueryCollection query, int page, string relation)
    {
        if (links.Length > 0)
            links.Append(", ");
        links.Append('<').Append(url).Append('?');
        foreach (var (name, values) in query)
            if (!string.Equals(name, "page", StringComparison.OrdinalIgnoreCase))
                links.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(values[0] ?? "")).Append('&');
        links.Append("page=").Append(page).Append(">; rel=\"").Append(relation).Append('"');
    }
}
