using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Monarch.Sandbox.GitHub.Organisations;
using Monarch.Sandbox.GitHub.References;
using Monarch.Sandbox.GitHub.Relations;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>All repositories, by name (case-insensitive), former name and id. Thread-safe.</summary>
sealed partial class RepositoryStore(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly ConcurrentDictionary<string, Repository> _byName = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<string, Repository> _formerNames = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<long, Repository> _byId = new();
    readonly ConcurrentDictionary<string, bool> _logins = new(StringComparer.OrdinalIgnoreCase) { [new SeedIssue().User!] = true };
    long _lastRepositoryId = 700_000_000;
    long _lastIssueId = 2_000_000_000;
    long _lastCommentId = 3_000_000_000;

    public OrganisationList Organisations { get; } = new();
    public SubIssueTree SubIssues { get; } = new();
    public DependencyGraph Dependencies { get; } = new();
    public ReferenceIndex References { get; } = new();

    public IReadOnlyList<Repository> All => [.. _byId.Values.OrderBy(r => r.Id)];

    public long NextIssueId() => Interlocked.Increment(ref _lastIssueId);

    public long NextCommentId() => Interlocked.Increment(ref _lastCommentId);

    /// <summary>The logins that are an owner, an author or an assignee of a seed.</summary>
    public IEnumerable<string> Logins => _logins.Keys;

    /// <summary>Whether a login is an owner, an author or an assignee of a seed.</summary>
    public bool HasLogin(string login) => _logins.ContainsKey(login);

    public Repository? Find(string fullName) => _byName.GetValueOrDefault(fullName);

    /// <summary>The repository that formerly had this name.</summary>
    public Repository? FindFormer(string fullName) => _formerNames.GetValueOrDefault(fullName);

    public Repository? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>An issue that was not deleted, by its id; null: it does not exist.</summary>
    public LocatedIssue? FindIssue(long id)
    {
        foreach (var repository in _byId.Values)
        {
            if (repository.FindById(id) is { } issue)
            {
                return issue.IsDeleted ? null : new(repository, issue);
            }
        }

        return null;
    }

    /// <summary>The repository of an address, by its id or current name.</summary>
    public Repository? Find(RouteValueDictionary address) =>
        NameIn(address) is { } name ? Find(name)
        : address["id"] is string id ? Find(long.Parse(id, CultureInfo.InvariantCulture))
        : null;

    /// <summary><c>owner/name</c>; null when the address has an id or no repository.</summary>
    public static string? NameIn(RouteValueDictionary address) => address["name"] is string name ? $"{address["owner"]}/{name}" : null;

    public Repository Seed(SeedRepository seed)
    {
        Check(seed.FullName);
        lock (_lock)
        {
            var replaced = Find(seed.FullName);
            var id = seed.Id ?? replaced?.Id ?? ++_lastRepositoryId;
            if (_byId.TryGetValue(id, out var holder) && holder != replaced)
            {
                throw new ArgumentException($"The id {id} is in use: {holder.FullName}.");
            }

            var repository = new Repository(id, seed.FullName, time.GetUtcNow().AddDays(-30), Organisations);
            repository.Apply(seed);
            var logins = seed
                .Issues.SelectMany(issue => issue.Assignees.Append(issue.User).Concat(issue.Comments.Select(comment => comment.User)))
                .Concat(seed.Assignees ?? [])
                .Append(repository.Owner);
            foreach (var login in logins.OfType<string>())
            {
                _logins[login] = true;
            }

            SeededIssues.Fill(repository, seed, this, time.GetUtcNow());
            if (replaced is not null)
            {
                _byId.TryRemove(replaced.Id, out _);
            }

            _byId[id] = repository;
            _byName[seed.FullName] = repository;
            _formerNames.TryRemove(seed.FullName, out _);
            return repository;
        }
    }

    public void Rename(string from, string to)
    {
        Check(to);
        lock (_lock)
        {
            var repository = Find(from) ?? throw new ArgumentException($"There is no repository {from}.");
            if (Find(to) is { } other && other != repository)
            {
                throw new ArgumentException($"The name {to} is in use.");
            }

            _byName.TryRemove(from, out _);
            var former = repository.FullName;
            repository.FullName = to;
            _logins[repository.Owner] = true;
            _byName[to] = repository;
            _formerNames.TryRemove(to, out _);
            if (!string.Equals(former, to, StringComparison.OrdinalIgnoreCase))
            {
                _formerNames[former] = repository;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byName.Clear();
            _formerNames.Clear();
            _byId.Clear();
            Organisations.Clear();
            SubIssues.Clear();
            Dependencies.Clear();
            References.Clear();
        }
    }

    static void Check(string fullName)
    {
        if (!FullName().IsMatch(fullName))
        {
            throw new ArgumentException($"Invalid repository name '{fullName}': use owner/name.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+\z")]
    private static partial Regex FullName();
}

/// <summary>An issue and its repository.</summary>
sealed record LocatedIssue(Repository Repository, Issue Issue);
