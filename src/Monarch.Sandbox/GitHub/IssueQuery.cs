using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The parameters of <c>GET .../issues</c>.</summary>
sealed class IssueQuery
{
    readonly List<Func<Issue, bool>> _filters = [];

    public string Sort { get; private init; } = "created";
    public bool Ascending { get; private init; }
    public PageQuery Page { get; private init; }
    public Cursor? After { get; private init; }
    public Cursor? Before { get; private init; }

    /// <summary>Whether no filter and no other order applies, so that a page is read from the list without a copy.</summary>
    public bool IsPlain => Sort == "created" && _filters.Count == 0;

    /// <summary>Reads the query; <paramref name="invalid"/> names the first parameter that GitHub rejects, or is null.</summary>
    public static IssueQuery Read(IQueryCollection query, Repository repository, out string? invalid)
    {
        var (state, sort, direction) = (Text(query, "state", "open"), Text(query, "sort", "created"), Text(query, "direction", "desc"));
        var since = DateTimeOffset.MinValue;
        Cursor? after = null,
            before = null;
        string? milestone = null;
        invalid =
            state is not ("open" or "closed" or "all") ? "state"
            : sort is not ("created" or "updated" or "comments") ? "sort"
            : direction is not ("asc" or "desc") ? "direction"
            : Text(query, "since") is { } from && !IsTime(from, out since) ? "since"
            : Text(query, "milestone") is { } wanted && (milestone = Milestone(wanted, repository)) is null ? "milestone"
            : Text(query, "after") is { } later && (after = Cursor.Read(later)) is null ? "after"
            : Text(query, "before") is { } earlier && (before = Cursor.Read(earlier)) is null ? "before"
            : null;
        var result = new IssueQuery
        {
            Sort = sort,
            Ascending = direction == "asc",
            Page = PageQuery.Read(query),
            After = after,
            Before = before,
        };
        if (state != "all")
        {
            result._filters.Add(issue => issue.IsOpen == (state == "open"));
        }

        if (since > DateTimeOffset.MinValue)
        {
            result._filters.Add(issue => issue.UpdatedAt >= since);
        }

        if (milestone is not null)
        {
            result._filters.Add(issue => Matches(milestone, issue.Milestone));
        }

        result.AddFilters(query);
        // With issues disabled only pull requests are listed.
        if (!repository.HasIssues)
        {
            result._filters.Add(issue => issue.IsPullRequest);
        }

        return result;
    }

    public IReadOnlyList<Issue> Filter(List<Issue> issues, int listed)
    {
        var matching = issues.Take(listed).Where(issue => !issue.IsDeleted && _filters.TrueForAll(filter => filter(issue))).ToList();
        if (Sort != "created")
        {
            matching.Sort((a, b) => Cursor.Of(a, Sort).CompareTo(Cursor.Of(b, Sort)));
        }

        return matching;
    }

    /// <summary>The requested page of the first <paramref name="count"/> issues, which are in ascending order.</summary>
    public IssuePage PageOf(IReadOnlyList<Issue> issues, int count)
    {
        var end = Before is { } before ? Position(before, including: false) : count;
        var start =
            After is { } after ? Position(after, including: true)
            : Before is not null ? Math.Max(0, end - Page.Length)
            : Math.Min(Page.Skip, count);
        end = Math.Min(end, start + Page.Length);
        var page = new List<Issue>(Math.Max(0, end - start));
        for (var i = start; i < end; i++)
        {
            page.Add(issues[Ascending ? i : count - 1 - i]);
        }

        return new(page, start > 0, end < count, count);

        // The number of issues before a cursor, including or excluding the issue at the cursor.
        int Position(Cursor cursor, bool including)
        {
            var (low, high) = (0, count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                var order = Cursor.Of(issues[middle], Sort).CompareTo(cursor);
                if (order < 0 || (order == 0 && including == Ascending))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return Ascending ? low : count - low;
        }
    }

    void AddFilters(IQueryCollection query)
    {
        if (Text(query, "labels")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { } labels)
        {
            _filters.Add(issue => Array.TrueForAll(labels, label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)));
        }

        if (Text(query, "creator") is { } creator)
        {
            _filters.Add(issue => string.Equals(issue.User, creator, StringComparison.OrdinalIgnoreCase));
        }

        if (Text(query, "assignee") is { } assignee)
        {
            _filters.Add(issue => Matches(assignee, [.. issue.Assignees]));
        }

        if (Text(query, "type") is { } type)
        {
            _filters.Add(issue => Matches(type, issue.Type));
        }

        if (Text(query, "mentioned") is not { } mentioned)
        {
            return;
        }

        const RegexOptions IgnoreCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        var mention = new Regex($@"(?<![\w/])@{Regex.Escape(mentioned)}(?![\w-])", IgnoreCase, TimeSpan.FromSeconds(1));
        _filters.Add(issue => issue.Body is not null && mention.IsMatch(issue.Body));
    }

    // "*" matches any value, "none" no value.
    static bool Matches(string wanted, params string?[] values) =>
        wanted switch
        {
            "*" => Array.Exists(values, value => value is not null),
            "none" => Array.TrueForAll(values, value => value is null),
            _ => values.Contains(wanted, StringComparer.OrdinalIgnoreCase),
        };

    static string? Milestone(string wanted, Repository repository) =>
        wanted is "*" or "none" ? wanted
        : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? repository.Milestones.Find(number)?.Title
        : null;

    static bool IsTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : null;

    static string Text(IQueryCollection query, string name, string fallback) => Text(query, name) ?? fallback;
}

/// <summary>One page of a listing, and the number of issues on all pages.</summary>
sealed record IssuePage(IReadOnlyList<Issue> Issues, bool HasPrevious, bool HasNext, int Total);
