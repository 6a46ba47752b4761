using System.Text.RegularExpressions;
using Monarch.Contracts.Deployments;

namespace Monarch.Hosting.Settings;

/// <summary>The projects that Usher deploys, and the names of their servers. No two servers have the same name.</summary>
public sealed partial class DeploymentServers
{
    const int LongestName = 253;
    const int LongestDistance = 2;

    readonly SortedDictionary<string, string> _patterns = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Project, IssueStatus Status)> _servers = new(StringComparer.OrdinalIgnoreCase);
    readonly string _pattern;

    DeploymentServers(string pattern) => _pattern = pattern;

    /// <summary>The projects' keys, in alphabetical order.</summary>
    public IReadOnlyCollection<string> Projects => _patterns.Keys;

    /// <summary>Whether a project is configured.</summary>
    /// <param name="project">Its key in upper case.</param>
    public bool Knows(string project) => _patterns.ContainsKey(project);

    /// <summary>The name of a server, also of a project that is not configured.</summary>
    /// <param name="project">The project's key.</param>
    /// <param name="status">The status.</param>
    public string NameOf(string project, IssueStatus status) => NameOf(_patterns.GetValueOrDefault(project, _pattern), project, status);

    /// <summary>Finds the project and the status of a server.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="project">The project's key.</param>
    /// <param name="status">The status.</param>
    /// <returns>Whether it is a server of a configured project.</returns>
    public bool TryFind(string name, out string project, out IssueStatus status)
    {
        var isKnown = _servers.TryGetValue(name, out var server);
        (project, status) = (server.Project ?? "", server.Status);
        return isKnown;
    }

    /// <summary>
    /// The configured projects whose keys are similar to a mistyped key: they differ in at most two letters, or one begins with the other.
    /// </summary>
    /// <param name="project">The mistyped key.</param>
    public IReadOnlyList<string> Near(string project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return
        [
            .. _patterns
                .Keys.Where(known =>
                    known.StartsWith(project, StringComparison.Ordinal)
                    || project.StartsWith(known, StringComparison.Ordinal)
                    || Distance(known, project) <= Math.Min(LongestDistance, Math.Max(known.Length, project.Length) - 1)
                )
                .OrderBy(known => Distance(known, project))
                .Take(5),
        ];
    }

    /// <param name="options">The settings.</param>
    /// <param name="faults">Receives their errors.</param>
    internal static DeploymentServers Read(UsherOptions options, List<string> faults)
    {
        var servers = new DeploymentServers(options.Server);
        if (ProblemOf(options.Server) is { } problem)
        {
            faults.Add(
                SettingError.Of(
                    UsherOptions.ServerKey,
                    options.Server,
                    problem,
                    "Set it to a pattern such as {status}.{project}.example.org."
                )
            );
        }

        foreach (var entry in (options.Projects ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            servers.Add(entry, UsherOptions.ProjectsKey, options.Projects!, faults);
        }

        foreach (var line in Lines(options.ProjectsFile, faults))
        {
            servers.Add(line, UsherOptions.ProjectsFileKey, options.ProjectsFile!, faults);
        }

        if (faults.Count == 0)
        {
            servers.NameAll(faults);
        }

        return servers;
    }

    void Add(string entry, string key, string value, List<string> faults)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        var project = (equals < 0 ? entry : entry[..equals]).Trim().ToUpperInvariant();
        var pattern = equals < 0 ? _pattern : entry[(equals + 1)..].Trim();
        if (!IssueId.IsProject(project))
        {
            faults.Add(
                SettingError.Of(
                    key,
                    value,
                    $"and '{project}' in it is not the key of a project",
                    "A key is a letter, then up to 31 letters, digits or underscores, such as ABC."
                )
            );
        }
        else if (equals >= 0 && ProblemOf(pattern) is { } problem)
        {
            faults.Add(
                SettingError.Of(
                    key,
                    value,
                    $"and the servers of {project} are '{pattern}' in it, {problem}",
                    "Give a pattern such as {status}.abc.example.org, or none."
                )
            );
        }
        else if (!_patterns.TryAdd(project, pattern))
        {
            faults.Add(SettingError.Of(key, value, $"but {project} is named twice", "Leave out one of them."));
        }
    }

    void NameAll(List<string> faults)
    {
        foreach (var (project, pattern) in _patterns)
        {
            foreach (var status in Enum.GetValues<IssueStatus>())
            {
                var name = NameOf(pattern, project, status);
                if (!HostName().IsMatch(name))
                {
                    faults.Add(
                        SettingError.Of(
                            UsherOptions.ProjectsKey,
                            project,
                            $"whose server would be {name}, which is not a host name",
                            $"Give it its own pattern: {project}={{status}}.example.org."
                        )
                    );
                    return;
                }

                if (!_servers.TryAdd(name, (project, status)))
                {
                    var other = _servers[name];
                    faults.Add(
                        SettingError.Of(
                            UsherOptions.ServerKey,
                            _pattern,
                            $"which gives {project} and {other.Project} the same server, {name} ({status}, {other.Status})",
                            $"Use {{status}} and {{project}} in it, or give one of them its own pattern in {UsherOptions.ProjectsKey}: {project}={{status}}.example.org."
                        )
                    );
                    return;
                }
            }
        }
    }

    static string[] Lines(string? path, List<string> faults)
    {
        if (path is null)
        {
            return [];
        }

        try
        {
            return [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(
                SettingError.Of(
                    UsherOptions.ProjectsFileKey,
                    path,
                    $"which cannot be read: {exception.Message.TrimEnd('.')}",
                    "Give the path of a text file with one project a line."
                )
            );
            return [];
        }
    }

    static string? ProblemOf(string pattern) =>
        pattern switch
        {
            _ when !pattern.Contains("{status}", StringComparison.Ordinal) =>
                "which has no {status}, so that all statuses would share one server",
            _ when Placeholder().Match(pattern) is { Success: true } other =>
                $"in which {other.Value} is not a placeholder ({{status}} and {{project}} are)",
            _ when !HostName().IsMatch(NameOf(pattern, "ABC", IssueStatus.Test)) || pattern.Length > LongestName =>
                "which does not make a host name",
            _ => null,
        };

    static string NameOf(string pattern, string project, IssueStatus status) =>
        pattern
            .Replace("{status}", status.ToString(), StringComparison.Ordinal)
            .Replace("{project}", project.Replace('_', '-'), StringComparison.Ordinal)
            .ToLowerInvariant();

    // Levenshtein distance.
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }

    [GeneratedRegex(@"\{(?!status\}|project\})[^}]*\}?|(?<!\{status|\{project)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z")]
    private static partial Regex HostName();
}
