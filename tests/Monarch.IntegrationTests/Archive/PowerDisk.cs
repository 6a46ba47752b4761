using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>
/// An ext4 file system on a disk that loses power: a loop device over a file of a FUSE file system, <c>disks/power.py</c>, which records
/// every write and every flush of the device. After a power failure, the flushed writes and a random part of the later ones remain.
/// </summary>
sealed class PowerDisk : IAsyncDisposable
{
    const int Bytes = 96 << 20;

    readonly TemporaryDirectory _directory = new();
    ChildProcess? _disk;
    bool _isMounted;

    PowerDisk()
    {
        Directory.CreateDirectory(_directory["device"]);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where it is mounted.</summary>
    public string Folder => _directory["mounted"];

    /// <summary>Creates one; the test is skipped if the system does not allow it.</summary>
    public static async Task<PowerDisk> CreateAsync()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/dev/fuse") && File.Exists("/dev/loop-control"),
            "A disk that loses power needs root, /dev/fuse and loop devices."
        );
        var disk = new PowerDisk();
        try
        {
            await disk.MountAsync();
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>The path of an image.</summary>
    public string Image(int number) => _directory[$"cut-{number}.img"];

    /// <summary>Writes an image of the disk after a power failure at this moment.</summary>
    /// <param name="number">Of the image; it also decides which of the later writes are kept.</param>
    public Task CutAsync(int number) =>
        File.WriteAllTextAsync(Path.Combine(_directory["device"], "control"), $"cut {number} {Image(number)}");

    /// <summary>How many flushes the disk has seen so far.</summary>
    public async Task<int> FlushesAsync()
    {
        var state = await File.ReadAllTextAsync(Path.Combine(_directory["device"], "state"));
        return int.Parse(state.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Checks an image and reads the files in it.</summary>
    /// <returns>The problems of the file system; the files are passed to <paramref name="read"/>.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync(int number, Func<string, Task> read)
    {
        var folder = _directory[$"cut-{number}"];
        Directory.CreateDirectory(folder);
        // The journal is replayed.
        await SystemCommand.RunAsync("mount", "-o", "loop", Image(number), folder);
        try
        {
            await read(folder);
        }
        finally
        {
            await SystemCommand.UnmountAsync(folder);
        }

        var (code, output) = await SystemCommand.TryAsync("e2fsck", "-f", "-n", Image(number));
        return code == 0 ? [] : [$"e2fsck: {output}"];
    }

    /// <summary>Restores power: mounts the remaining content in place of the disk.</summary>
    public async Task RestartAsync(int number)
    {
        await SystemCommand.RunAsync("umount", Folder);
        _isMounted = false;
        await SystemCommand.RunAsync("mount", "-o", "loop", Image(number), Folder);
        _isMounted = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            await SystemCommand.UnmountAsync(Folder);
        }

        if (_disk is not null)
        {
            await SystemCommand.UnmountAsync(_directory["device"]);
            await _disk.DisposeAsync();
        }

        _directory.Dispose();
    }

    async Task MountAsync()
    {
        var image = Path.Combine(_directory["device"], "disk.img");
        var disk = _disk = await DebianPython.StartAsync(
            "fusepy",
            ArchivedFiles.Script("disks", "power.py"),
            [_directory["device"], $"{Bytes}"]
        );
        await Until.TrueAsync(() => File.Exists(image) || disk.HasExited, "the disk is there", state: () => disk.Output);
        Assert.SkipWhen(disk.HasExited, $"FUSE is not permitted here: {disk.Output}");
        await SystemCommand.RunAsync(
            "mkfs.ext4",
            "-q",
            "-F",
            "-J",
            "size=4",
            "-N",
            "16384",
            "-E",
            "lazy_itable_init=0,lazy_journal_init=0,nodiscard",
            image
        );
        var (code, output) = await SystemCommand.TryAsync("mount", "-o", "loop", image, Folder);
        Assert.SkipWhen(code != 0 && output.Contains("loop", StringComparison.Ordinal), $"Loop devices are not permitted here: {output}");
        _isMounted = code == 0 ? true : throw new InvalidOperationException($"mount ended with {code}: {output}");
    }
}
