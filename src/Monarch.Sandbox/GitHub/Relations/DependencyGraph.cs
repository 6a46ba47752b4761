namespace Monarch.Sandbox.GitHub.Relations;

/// <summary>Which issue blocks which, by their ids and across repositories. Thread-safe.</summary>
sealed class DependencyGraph
{
    const int MaxLinks = 50;

    readonly Lock _lock = new();
    readonly Dictionary<long, List<Link>> _blockers = [];
    readonly Dictionary<long, List<Link>> _blocked = [];

    /// <summary>The issues that block an issue.</summary>
    public IReadOnlyList<long> BlockersOf(long issue, DateTimeOffset until) => Of(_blockers, issue, until);

    /// <summary>The issues that an issue blocks.</summary>
    public IReadOnlyList<long> BlockedBy(long issue, DateTimeOffset until) => Of(_blocked, issue, until);

    /// <summary>Adds a dependency; the reason of a refusal, or null.</summary>
    public string? Add(long blocked, long blocker, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Refuse(blocked, blocker) is { } reason)
            {
                return reason;
            }

            ListOf(_blockers, blocked).Add(new(blocker, now));
            ListOf(_blocked, blocker).Add(new(blocked, now));
            return null;
        }
    }

    /// <summary>Removes a dependency if it exists.</summary>
    public void Remove(long blocked, long blocker)
    {
        lock (_lock)
        {
            ListOf(_blockers, blocked).RemoveAll(link => link.Id == blocker);
            ListOf(_blocked, blocker).RemoveAll(link => link.Id == blocked);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _blockers.Clear();
            _blocked.Clear();
        }
    }

    // The first message is GitHub's; the words of the others are not documented.
    string? Refuse(long blocked, long blocker) =>
        ListOf(_blockers, blocked).Exists(link => link.Id == blocker) ? "Target issue has already been taken"
        : blocked == blocker ? "Target issue may not be the same as the source issue"
        : Reaches(blocker, blocked, []) ? "Target issue may not create a circular dependency"
        : ListOf(_blockers, blocked).Count >= MaxLinks || ListOf(_blocked, blocker).Count >= MaxLinks
            ? $"An issue may not have more than {MaxLinks} dependencies of a kind"
        : null;

    // Whether an issue is blocked by another, directly or through others.
    bool Reaches(long from, long to, HashSet<long> seen) =>
        from == to || (seen.Add(from) && _blockers.TryGetValue(from, out var links) && links.Exists(link => Reaches(link.Id, to, seen)));

    IReadOnlyList<long> Of(Dictionary<long, List<Link>> lists, long issue, DateTimeOffset until)
    {
        lock (_lock)
        {
            return lists.TryGetValue(issue, out var links) ? [.. links.Where(link => link.At <= until).Select(link => link.Id)] : [];
        }
    }

    static List<Link> ListOf(Dictionary<long, List<Link>> lists, long issue)
    {
        if (!lists.TryGetValue(issue, out var links))
        {
            lists[issue] = links = [];
        }

        return links;
    }
}
