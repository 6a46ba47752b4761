using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>A file system of its own, for a test that fills it or makes it read-only.</summary>
sealed class SmallDisk : IAsyncDisposable
{
    readonly TemporaryDirectory _directory = new();
    ChildProcess? _server;

    SmallDisk() => Directory.CreateDirectory(Path);

    /// <summary>Where it is mounted.</summary>
    public string Path => _directory["mounted"];

    /// <summary>The path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Mounts one; the test is skipped if the system does not allow it.</summary>
    public static async Task<SmallDisk> MountAsync(string type, string options)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may mount a disk.");
        var disk = new SmallDisk();
        var (code, output) = await SystemCommand.TryAsync("mount", "-t", type, "-o", options, type, disk.Path);
        if (code != 0)
        {
            disk._directory.Dispose();
            Assert.Skip($"Nothing can be mounted here: {output}");
        }

        return disk;
    }

    /// <summary>Mounts one without hard links.</summary>
    public static async Task<SmallDisk> WithoutLinksAsync()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/dev/fuse"),
            "A disk without hard links needs root and /dev/fuse."
        );
        var disk = new SmallDisk();
        var files = disk._directory["files"];
        Directory.CreateDirectory(files);
        await File.WriteAllTextAsync(System.IO.Path.Combine(files, "mounted"), "");
        var server = disk._server = await DebianPython.StartAsync("fusepy", ArchivedFiles.Script("disks", "nolink.py"), [disk.Path, files]);
        await Until.TrueAsync(() => File.Exists(disk["mounted"]) || server.HasExited, "the disk is there", state: () => server.Output);
        if (server.HasExited)
        {
            disk._directory.Dispose();
            Assert.Skip($"FUSE is not permitted here: {server.Output}");
        }

        return disk;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await SystemCommand.UnmountAsync(Path);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _directory.Dispose();
    }
}
