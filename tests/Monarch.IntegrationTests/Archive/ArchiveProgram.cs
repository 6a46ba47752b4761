using Monarch.Testing;

namespace Monarch.IntegrationTests.Archive;

/// <summary>A program that archives: <c>monarch archive</c>, or a stand-in with one fault that a test must notice.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Command">Its command line.</param>
sealed record ArchiveProgram(string Name, IReadOnlyList<string> Command)
{
    public static ArchiveProgram Monarch { get; } =
        new("monarch archive", ["dotnet", Path.Combine(AppContext.BaseDirectory, "monarch.dll"), "archive"]);

    /// <summary>The stand-in.</summary>
    /// <param name="fault">Its fault, as <c>standin/archive.py</c> names it; <c>none</c> is a correct one.</param>
    public static ArchiveProgram StandIn(string fault) =>
        new($"stand-in, {fault}", DebianPython.Command("pika", ArchivedFiles.Script("standin", "archive.py"), "--fault", fault));

    /// <summary>Starts it.</summary>
    /// <param name="settings">Its settings; of this process' environment it gets only what programs need.</param>
    /// <param name="directory">Its working directory, which should be empty.</param>
    /// <param name="prefix">A program that starts it, with its options.</param>
    public Task<ChildProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings,
        string directory,
        params IReadOnlyList<string> prefix
    )
    {
        var environment = new Dictionary<string, string>();
        foreach (var key in new[] { "PATH", "HOME", "TMPDIR", "LANG", "TZ", "DOTNET_TieredPGO", "DOTNET_TC_CallCounting" })
        {
            if (Environment.GetEnvironmentVariable(key) is { } value)
            {
                environment[key] = value;
            }
        }

        environment["PROMETHEUS_PORT"] = "0";
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        List<string> all = [.. prefix, .. Command];
        return ChildProcess.StartAsync(all[0], all.Skip(1), environment, directory);
    }
}
