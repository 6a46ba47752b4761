namespace Monarch.Sandbox.GitHub.Relations;

/// <summary>Which issue is a sub-issue of which, by their ids and across repositories, in the order of each parent. Thread-safe.</summary>
sealed class SubIssueTree
{
    const int MaxChildren = 100;
    const int MaxLevels = 8;
    const string OneParent = "Sub issue may only have one parent";

    readonly Lock _lock = new();
    readonly Dictionary<long, List<Link>> _children = [];
    readonly Dictionary<long, long> _parents = [];

    public long? ParentOf(long issue)
    {
        lock (_lock)
        {
            return _parents.TryGetValue(issue, out var parent) ? parent : null;
        }
    }

    /// <summary>The sub-issues that were added until <paramref name="until"/>, in order.</summary>
    public IReadOnlyList<long> ChildrenOf(long issue, DateTimeOffset until)
    {
        lock (_lock)
        {
            return _children.TryGetValue(issue, out var links) ? [.. links.Where(link => link.At <= until).Select(link => link.Id)] : [];
        }
    }

    /// <summary>Adds a sub-issue as the last one; the reason of a refusal, or null.</summary>
    public string? Add(long parent, long child, bool replaceParent, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Refuse(parent, child, replaceParent) is { } reason)
            {
                return reason;
            }

            if (_parents.TryGetValue(child, out var former))
            {
                Remove(former, child);
            }

            if (!_children.TryGetValue(parent, out var links))
            {
                _children[parent] = links = [];
            }

            links.Add(new(child, now));
            _parents[child] = parent;
            return null;
        }
    }

    /// <summary>Removes a sub-issue; false: it is none of this parent.</summary>
    public bool Remove(long parent, long child)
    {
        lock (_lock)
        {
            if (!_children.TryGetValue(parent, out var links) || links.RemoveAll(link => link.Id == child) == 0)
            {
                return false;
            }

            _parents.Remove(child);
            return true;
        }
    }

    /// <summary>Moves a sub-issue before or after another one; false: one of them is none of this parent.</summary>
    public bool Move(long parent, long child, long other, bool after)
    {
        lock (_lock)
        {
            if (child == other || !_children.TryGetValue(parent, out var links))
            {
                return false;
            }

            var from = links.FindIndex(link => link.Id == child);
            if (from < 0 || !links.Exists(link => link.Id == other))
            {
                return false;
            }

            var moved = links[from];
            links.RemoveAt(from);
            var to = links.FindIndex(link => link.Id == other);
            links.Insert(after ? to + 1 : to, moved);
            return true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _children.Clear();
            _parents.Clear();
        }
    }

    // GitHub's messages, except that of a cycle, whose words are not documented.
    string? Refuse(long parent, long child, bool replaceParent)
    {
        if (_parents.TryGetValue(child, out var former) && (former == parent || !replaceParent))
        {
            return former == parent ? "Issue may not contain duplicate sub-issues and " + OneParent : OneParent;
        }

        var level = 0;
        for (long? at = parent; at is { } id; at = ParentOf(id))
        {
            if (id == child)
            {
                return "Sub issue may not create a circular dependency";
            }

            level++;
        }

        return level + HeightOf(child) > MaxLevels
                ? $"You cannot add more than {MaxLevels - 1} layers of sub-issues. To add a sub-issue, remove a parent issue at any level."
            : _children.TryGetValue(parent, out var links) && links.Count >= MaxChildren
                ? $"Parent cannot have more than {MaxChildren} sub-issues"
            : null;
    }

    int HeightOf(long issue) =>
        1 + (_children.TryGetValue(issue, out var links) ? links.Select(link => HeightOf(link.Id)).DefaultIfEmpty().Max() : 0);
}

/// <summary>A related issue, and since when: listings lag behind this time.</summary>
readonly record struct Link(long Id, DateTimeOffset At);
