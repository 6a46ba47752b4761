using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing;

/// <summary>Opens and probes the archive's folder.</summary>
static class OutputFolder
{
    const int NotPermitted = 1;
    const int AccessDenied = 13;
    const int NotFolder = 20;
    const int ReadOnly = 30;
    const int NotImplemented = 38;
    const int NotSupported = 95;

    const string ProbeName = "probe-";
    const string LinkedName = "-link";

    // A probe takes moments; an older one was left by a process that was killed.
    static readonly TimeSpan LongestProbe = TimeSpan.FromHours(1);

    /// <summary>Opens the folder, which is created if its parent exists.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OptionsValidationException">The folder cannot be used; the message has the remedy.</exception>
    public static LinuxFiles Open(ArchiveOptions options, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw Invalid(options, "but the archive works on Linux only", "Run it there, or in a container.");
        }

        var path = Path.GetFullPath(options.Folder);
        LinuxFiles? files = null;
        try
        {
            CreateFolder(options, path);
            files = new LinuxFiles(path);
            Probe(options, files);
            RemoveProbes(files, time.GetUtcNow() - LongestProbe);
            return files;
        }
        catch (ArchiveFolderException exception) when (Remedy(exception) is { } remedy)
        {
            files?.Dispose();
            throw Invalid(options, $"which cannot be used: {exception.Message.TrimEnd('.')}", remedy);
        }
        catch (ArchiveFolderException) when (files is not null)
        {
            // A temporary problem, such as a full disk: the archive starts and waits.
            return files;
        }
    }

    static void CreateFolder(ArchiveOptions options, string path)
    {
        if (File.Exists(path))
        {
            throw Invalid(options, "which is a file", "Set it to a folder.");
        }

        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is not { } parent || !Directory.Exists(parent))
        {
            throw Invalid(
                options,
                "which does not exist, nor does the folder that it would be in",
                "Mount its volume, or create the folder."
            );
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(
                options,
                $"which cannot be created: {exception.Message.TrimEnd('.')}",
                "Create it, writable for the user of this process."
            );
        }
    }

    // Performs every operation that filing needs, so that an unsupported one is detected at start.
    static void Probe(ArchiveOptions options, LinuxFiles files)
    {
        files.CreateFolder(WorkPath);
        var name = $"{WorkPath}/{ProbeName}{Guid.NewGuid():N}";
        var linked = $"{name}{LinkedName}";
        try
        {
            files.Create(name, [], sync: true);
            if (files.Link(name, linked) != LinkResult.Linked || !files.IsSame(name, linked))
            {
                throw Invalid(
                    options,
                    "which is on a file system without hard links",
                    "Use one with hard links, such as ext4, XFS, Btrfs or NFS."
                );
            }

            files.SyncFolder("");
        }
        catch (ArchiveFolderException exception)
            when (exception.Error is NotPermitted or NotImplemented or NotSupported && files.Exists(name))
        {
            throw Invalid(
                options,
                "which is on a file system without hard links",
                "Use one with hard links, such as ext4, XFS, Btrfs or NFS."
            );
        }
        finally
        {
            files.Delete(linked);
            files.Delete(name);
        }
    }

    static void RemoveProbes(LinuxFiles files, DateTimeOffset before)
    {
        var probes = files.List(WorkPath).Where(name => name.StartsWith(ProbeName, StringComparison.Ordinal)).ToList();
        foreach (var path in probes.Select(name => $"{WorkPath}/{name}"))
        {
            if (files.WrittenAt(path) < before)
            {
                files.Delete(path);
            }
        }
    }

    static string WorkPath => Stores.WorkFolder.Parent;

    // Null for temporary problems.
    static string? Remedy(ArchiveFolderException exception) =>
        exception.Error switch
        {
            ReadOnly => "Mount its file system writable.",
            AccessDenied or NotPermitted => "Make it writable for the user of this process.",
            NotFolder => "Set it to a folder.",
            _ => null,
        };

    static OptionsValidationException Invalid(ArchiveOptions options, string problem, string remedy) =>
        new(Options.DefaultName, typeof(ArchiveOptions), [$"{ArchiveOptions.FolderKey} is '{options.Folder}', {problem}. {remedy}"]);
}
