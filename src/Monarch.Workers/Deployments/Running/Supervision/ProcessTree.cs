using System.Globalization;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>A process, the members of the group that it leads, and all descendants in any group.</summary>
/// <param name="leader">The id of the process.</param>
sealed class ProcessTree(int leader)
{
    const int Rounds = 100;

    /// <summary>The tree of this process.</summary>
    public static ProcessTree Own { get; } = new(Environment.ProcessId);

    /// <summary>Requests the whole group to end, including the leader.</summary>
    public void Terminate() => _ = Libc.Signal(-leader, Libc.Terminate);

    /// <summary>
    /// Kills all others and then the group in one step, including the leader. Does not return if the leader is this process.
    /// </summary>
    public void KillAll()
    {
        try
        {
            // Descendants outside the group can be found only while the leader lives.
            TryKillOthers();
        }
        finally
        {
            // Members cannot escape this by forking.
            _ = Libc.Signal(-leader, Libc.Kill);
        }
    }

    /// <summary>Kills all others.</summary>
    /// <returns>Whether none is left.</returns>
    public bool TryKillOthers()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var others = Others();
            if (others.Count == 0)
            {
                return true;
            }

            foreach (var process in others)
            {
                _ = Libc.Signal(process, Libc.Kill);
            }

            Thread.Yield();
        }

        return false;
    }

    /// <summary>The ids of all living processes except the leader.</summary>
    public IReadOnlyList<int> Others()
    {
        var living = Directory.EnumerateDirectories("/proc").Select(Read).Where(process => process is { IsAlive: true }).ToList();
        var tree = living.Where(process => process!.Group == leader).Select(process => process!.Id).Append(leader).ToHashSet();
        while (living.Exists(process => tree.Contains(process!.Parent) && tree.Add(process.Id)))
        {
            // Repeats until no further descendant is found.
        }

        tree.Remove(leader);
        return [.. tree];
    }

    static ProcessState? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            // "id (name) state parent group …"; a name may contain anything.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 4);
            return new(id, fields[0] is not ("Z" or "X"), Number(fields[1]), Number(fields[2]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    sealed record ProcessState(int Id, bool IsAlive, int Parent, int Group);
}
