using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's <c>Link</c> header; omitted when there is only one page.</summary>
/// <remarks>https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api</remarks>
static class LinkHeader
{
    /// <summary>By cursor, as in issue listings since 2025: to the previous and the next page, not to the first and the last.</summary>
    public static string? ByCursor(string url, IQueryCollection query, IssueQuery requested, IssuePage page)
    {
        var links = new StringBuilder();
        if (page.Issues.Count > 0 && page.HasPrevious)
        {
            Add(links, url, query, Math.Max(1, requested.Page.Page - 1), "prev", "before", Cursor.Of(page.Issues[0], requested.Sort));
        }

        if (page.Issues.Count > 0 && page.HasNext)
        {
            Add(links, url, query, requested.Page.Page + 1, "next", "after", Cursor.Of(page.Issues[^1], requested.Sort));
        }

        return ToHeader(links);
    }

    /// <summary>By page number.</summary>
    public static string? ByNumber(string url, IQueryCollection query, PageQuery requested, int total)
    {
        var last = Math.Max(1, (total + requested.Length - 1) / requested.Length);
        var links = new StringBuilder();
        if (requested.Page > 1)
        {
            Add(links, url, query, Math.Min(requested.Page - 1, last), "prev");
        }

        if (requested.Page < last)
        {
            Add(links, url, query, requested.Page + 1, "next");
            Add(links, url, query, last, "last");
        }

        if (requested.Page > 1)
        {
            Add(links, url, query, 1, "first");
        }

        return ToHeader(links);
    }

    public static Answer WithLink(this Answer answer, string? links) => links is null ? answer : answer.With("Link", links);

    static string? ToHeader(StringBuilder links) => links.Length == 0 ? null : links.ToString();

    static void Add(
        StringBuilder links,
        string url,
        IQueryCollection query,
        int page,
        string relation,
        string? side = null,
        Cursor cursor = default
    )
    {
        if (links.Length > 0)
        {
            links.Append(", ");
        }

        links.Append('<').Append(url).Append('?');
        foreach (var (name, values) in query)
        {
            if (name.ToLowerInvariant() is not ("page" or "after" or "before"))
            {
                links.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(values[0] ?? "")).Append('&');
            }
        }

        if (side is not null)
        {
            links.Append(side).Append('=').Append(Uri.EscapeDataString(cursor.ToString())).Append('&');
        }

        links.Append(CultureInfo.InvariantCulture, $"page={page}>; rel=\"{relation}\"");
    }
}
