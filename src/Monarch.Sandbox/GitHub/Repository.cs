using Monarch.Sandbox.GitHub.Comments;
using Monarch.Sandbox.GitHub.Labels;
using Monarch.Sandbox.GitHub.Milestones;
using Monarch.Sandbox.GitHub.Organisations;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>A repository and its issues. Thread-safe.</summary>
sealed class Repository(long id, string fullName, DateTimeOffset createdAt, OrganisationList organisations)
{
    readonly Lock _lock = new();
    readonly List<Issue> _issues = [];
    HashSet<string> _rejectedTitles = [];
    int _deleted,
        _creating,
        _highestCreating;

    public long Id { get; } = id;
    public string FullName { get; set; } = fullName;
    public string Owner => FullName[..FullName.IndexOf('/', StringComparison.Ordinal)];
    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public bool IsOwnedByOrganisation => organisations.Contains(Owner);

    public LabelList Labels { get; } = new();
    public MilestoneList Milestones { get; } = new();
    public CommentList Comments { get; } = new();

    /// <summary>The logins that can be assigned; null: all that exist.</summary>
    public IReadOnlyList<string>? Assignees { get; set; }

    public bool Private { get; private set; }
    public bool Archived { get; private set; }
    public bool Disabled { get; private set; }
    public bool HasIssues { get; private set; } = true;
    public bool TakenDown { get; private set; }
    public bool Missing { get; private set; }
    public bool IssuesWritable { get; private set; } = true;
    public Permission Permission { get; private set; } = Permission.Push;

    public int HighestConcurrentCreations
    {
        get
        {
            lock (_lock)
            {
                return _highestCreating;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _issues.Count - _deleted;
            }
        }
    }

    public void Apply(RepositoryFlags flags)
    {
        var permission = flags.Permission is null ? Permission : PermissionOf(flags.Permission);
        Private = flags.Private ?? Private;
        Archived = flags.Archived ?? Archived;
        Disabled = flags.Disabled ?? Disabled;
        HasIssues = flags.HasIssues ?? HasIssues;
        TakenDown = flags.TakenDown ?? TakenDown;
        Missing = flags.Missing ?? Missing;
        IssuesWritable = flags.IssuesWritable ?? IssuesWritable;
        Permission = permission;
        if (flags.RejectedTitles is { } titles)
        {
            _rejectedTitles = [.. titles];
        }
    }

    public bool Rejects(string title) => _rejectedTitles.Contains(title);

    /// <summary>Adds the issue that <paramref name="create"/> returns for the next number.</summary>
    public Issue Add(Func<int, Issue> create)
    {
        lock (_lock)
        {
            var issue = create(_issues.Count + 1);
            _issues.Add(issue);
            return issue;
        }
    }

    public Issue? Find(int number)
    {
        lock (_lock)
        {
            return number >= 1 && number <= _issues.Count ? _issues[number - 1] : null;
        }
    }

    public Issue Change(int number, Func<Issue, Issue> change)
    {
        lock (_lock)
        {
            return _issues[number - 1] = change(_issues[number - 1]);
        }
    }

    /// <summary>Deletes an issue; false: it does not exist.</summary>
    public bool Delete(int number)
    {
        lock (_lock)
        {
            if (Find(number) is not { IsDeleted: false } issue)
            {
                return false;
            }

            _issues[number - 1] = issue with { IsDeleted = true };
            _deleted++;
            return true;
        }
    }

    /// <summary>An issue by its id; null: it is not in this repository.</summary>
    public Issue? FindById(long id)
    {
        lock (_lock)
        {
            // Ids increase with the numbers.
            var (low, high) = (0, _issues.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_issues[middle].Id < id)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low < _issues.Count && _issues[low].Id == id ? _issues[low] : null;
        }
    }

    /// <summary>One page of a listing of the issues inserted until <paramref name="listedUntil"/>.</summary>
    public IssuePage List(IssueQuery query, DateTimeOffset listedUntil)
    {
        lock (_lock)
        {
            var listed = _issues.Count;
            while (listed > 0 && _issues[listed - 1].InsertedAt > listedUntil)
            {
                listed--;
            }

            if (query.IsPlain && _deleted == 0)
            {
                return query.PageOf(_issues, listed);
            }

            var matching = query.Filter(_issues, listed);
            return query.PageOf(matching, matching.Count);
        }
    }

    /// <summary>The numbers of open and closed issues of a milestone.</summary>
    public (int Open, int Closed) CountIn(string milestone)
    {
        lock (_lock)
        {
            var all = _issues.Where(issue => !issue.IsDeleted && issue.Milestone == milestone).ToLookup(issue => issue.IsOpen);
            return (all[true].Count(), all[false].Count());
        }
    }

    public int OpenCount()
    {
        lock (_lock)
        {
            return _issues.Count(i => i is { IsOpen: true, IsDeleted: false });
        }
    }

    public void BeginCreation()
    {
        lock (_lock)
        {
            _highestCreating = Math.Max(_highestCreating, ++_creating);
        }
    }

    public void EndCreation()
    {
        lock (_lock)
        {
            _creating--;
        }
    }

    /// <summary>All issues that were not deleted, in order of creation.</summary>
    public IReadOnlyList<Issue> Issues()
    {
        lock (_lock)
        {
            return [.. _issues.Where(issue => !issue.IsDeleted)];
        }
    }

    static Permission PermissionOf(string name) =>
        Enum.TryParse<Permission>(name, ignoreCase: true, out var permission)
            ? permission
            : throw new ArgumentException($"Unknown permission '{name}': use none, pull, triage, push, maintain or admin.");
}
