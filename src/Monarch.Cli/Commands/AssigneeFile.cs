using System.Text.Json.Nodes;
using Monarch.Bridge.Intake;

namespace Monarch.Cli.Commands;

/// <summary>A file with lines <c>login in the source: login in the targets</c>.</summary>
static class AssigneeFile
{
    /// <param name="path">The file.</param>
    /// <param name="faults">Receives the fault of each wrong line, with the file and the line's number.</param>
    /// <returns>The entries.</returns>
    public static JsonObject Read(string path, List<string> faults)
    {
        var entries = new JsonObject();
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"--assignees: cannot read the file: {e.Message}");
            return entries;
        }

        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, line) in lines.Index())
        {
            // No login holds a number sign.
            var entry = line.Split('#')[0].Trim();
            if (entry.Length > 0 && ProblemOf(entry, index + 1, seen, entries) is { } problem)
            {
                faults.Add($"{path}, line {index + 1}: {problem}");
            }
        }

        return entries;
    }

    static string? ProblemOf(string entry, int line, Dictionary<string, int> seen, JsonObject entries)
    {
        if (entry.Split(':') is not [var key, var value])
        {
            return $"'{OneLine.Of(entry)}' is not of the form 'login: login': correct it, or begin it with #.";
        }

        var (source, target) = (key.Trim(), value.Trim());
        foreach (var login in new[] { source, target })
        {
            if (!Login.IsValidAssignee(login))
            {
                return $"'{OneLine.Of(login)}' is not a login that GitHub would accept ({Login.Rule}): correct it, or begin the line with #.";
            }
        }

        if (!seen.TryAdd(source, line))
        {
            return $"'{source}' is also in line {seen[source]}, and logins ignore case: remove one of them.";
        }

        entries[source] = target;
        return null;
    }
}
