using System.Globalization;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>A folder with deployment commands, and the files that they write.</summary>
sealed class CommandFolder : IDisposable
{
    readonly TemporaryDirectory _directory = new();

    public string Path => _directory.Path;

    public string this[string name] => _directory[name];

    /// <summary>Writes a script and returns the command that starts it; the script runs in USHER_DIRECTORY.</summary>
    public string Script(string body, string name = "deploy")
    {
        var path = _directory[name];
        File.WriteAllText(path, $"#!/bin/sh\ncd '{Path}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Waits for a process id that a script has written, as a whole line.</summary>
    public async Task<int> IdAsync(string name)
    {
        await Until.TrueAsync(() => File.Exists(this[name]) && File.ReadAllText(this[name]).EndsWith('\n'), $"{name} is written");
        return int.Parse(await File.ReadAllTextAsync(this[name]), CultureInfo.InvariantCulture);
    }

    public static Task GoneAsync(int process) => Until.TrueAsync(() => StateOf(process) is 'Z' or null, $"process {process} is gone");

    /// <summary>The process state as a letter as in ps; null if there is no such process.</summary>
    public static char? StateOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _directory.Dispose();
}
