using System.Collections.Concurrent;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Organisations;

/// <summary>The organisations with their issue types; every other owner is a user. Logins compare case-insensitively. Thread-safe.</summary>
sealed class OrganisationList
{
    static readonly string[] Colors = ["gray", "blue", "green", "yellow", "orange", "red", "pink", "purple"];

    readonly ConcurrentDictionary<string, IReadOnlyList<IssueType>> _types = new(StringComparer.OrdinalIgnoreCase);
    long _lastTypeId = 40_000_000;

    public bool Contains(string login) => _types.ContainsKey(login);

    /// <summary>The issue types of an organisation; null: it does not exist.</summary>
    public IReadOnlyList<IssueType>? TypesOf(string login) => _types.GetValueOrDefault(login);

    /// <summary>An issue type that the issues of an owner can have, by its name; null: none.</summary>
    public IssueType? FindType(string login, string name) =>
        TypesOf(login)?.FirstOrDefault(type => type.IsEnabled && string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));

    public void Seed(SeedOrganisation seed)
    {
        if (seed.IssueTypes.FirstOrDefault(type => type.Color is { } color && !Colors.Contains(color)) is { } invalid)
        {
            throw new ArgumentException($"Unknown colour '{invalid.Color}' of an issue type: use {string.Join(", ", Colors)}.");
        }

        _types[seed.Login] =
        [
            .. seed.IssueTypes.Select(type => new IssueType(
                Interlocked.Increment(ref _lastTypeId),
                type.Name,
                type.Description,
                type.Color,
                type.IsEnabled
            )),
        ];
    }

    public void Clear() => _types.Clear();
}

/// <summary>An issue type of an organisation.</summary>
sealed record IssueType(long Id, string Name, string? Description, string? Color, bool IsEnabled);
