using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The parameters of <c>GET .../issues</c>, with GitHub's defaults and bounds.</summary>
sealed record IssueQuery
{
    const int DefaultPerPage = 30;
    const int MaxPerPage = 100;

    public string State { get; private init; } = "open";
    public string Sort { get; private init; } = "created";
    public bool Ascending { get; private init; }
    public int PerPage { get; private init; } = DefaultPerPage;
    public int Page { get; private init; } = 1;
    public DateTimeOffset? Since { get; private init; }

    /// <summary>Not a parameter: what is left of a listing when issues are off.</summary>
    public bool PullRequestsOnly { get; init; }

    /// <summary>Whether the listing is the list itself, so that a page is a slice of it and costs no more than the page.</summary>
    public bool IsPlain => State == "all" && Sort == "created" && Since is null && !PullRequestsOnly;

    long Skip => (long)(Page - 1) * PerPage;

    /// <summary>Reads the query; <paramref name="invalid"/> names the first parameter that GitHub refuses, or is null.</summary>
    public static IssueQuery Read(IQueryCollection query, out string? invalid)
    {
        var state = Text(query, "state", "open");
        var sort = Text(query, "sort", "created");
        var direction = Text(query, "direction", "desc");
        var since = Text(query, "since", "");
        var from = DateTimeOffset.MinValue;
        invalid = state is not ("open" or "closed" or "all") ? "state"
            : sort is not ("created" or "updated" or "comments") ? "sort"
            : direction is not ("asc" or "desc") ? "direction"
            : since.Length > 0 && !DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out from) ? "since"
            : null;
        return new IssueQuery
        {
            State = state,
            Sort = sort,
            Ascending = direction == "asc",
            PerPage = Math.Min(Number(query, "per_page", DefaultPerPage), MaxPerPage),
            Page = Number(query, "page", 1),
            Since = since.Length > 0 ? from : null,
        };
    }

    public IReadOnlyList<Issue> Slice(List<Issue> issues, int known)
    {
        var count = (int)Math.Clamp(known - Skip, 0, PerPage);
        if (count == 0)
            return [];
        if (Ascending)
            return issues.GetRange((int)Skip, count);
        var page = issues.GetRange(known - (int)Skip - count, count);
        page.Reverse();
        return page;
    }

    public (IReadOnlyList<Issue> Page, int Total) Filter(List<Issue> issues, int known)
    {
        var matching = new List<Issue>();
        for (var i = 0; i < known; i++)
            if (Matches(issues[i]))
                matching.Add(issues[i]);
        if (Sort != "created")
            matching.Sort((a, b) => (Sort == "updated" ? a.UpdatedAt.CompareTo(b.UpdatedAt) : a.Comments.CompareTo(b.Comments)) is var order and not 0
                ? order
                : a.Number.CompareTo(b.Number));
        return (Slice(matching, matching.Count), matching.Count);
    }

    bool Matches(Issue issue) =>
        !issue.IsDeleted
        && (State == "all" || issue.IsOpen == (State == "open"))
        && !(issue.UpdatedAt < Since)
        && (issue.IsPullRequest || !PullRequestsOnly);

    static string Text(IQueryCollection query, string name, string fallback) =>
        query.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : fallback;

    static int Number(IQueryCollection query, string name, int fallback) =>
        int.TryParse(Text(query, name, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : fallback;
}
