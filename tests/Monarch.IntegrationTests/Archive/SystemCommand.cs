using Monarch.Testing;

namespace Monarch.IntegrationTests.Archive;

/// <summary>Programs of the system that a test needs for its disks.</summary>
static class SystemCommand
{
    /// <summary>Runs one to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output) = await TryAsync(program, arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {output}");
    }

    /// <summary>Runs one to its end; returns its exit code and its output.</summary>
    public static async Task<(int Code, string Output)> TryAsync(string program, params string[] arguments)
    {
        await using var process = await ChildProcess.StartAsync(program, arguments);
        return (await process.WaitForExitAsync(), process.Output);
    }

    /// <summary>Unmounts a folder, even while a process uses it.</summary>
    public static async Task UnmountAsync(string folder)
    {
        if ((await TryAsync("umount", folder)).Code != 0)
        {
            await TryAsync("umount", "--lazy", folder);
        }
    }
}
