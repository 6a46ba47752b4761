using System.Security.Cryptography;
using Monarch.Workers.Archive.Filing.Stores;

namespace Monarch.Workers.Archive.Reading;

/// <summary>The comparison with the manifests.</summary>
sealed partial class ArchiveVerification
{
    // Verifies an entry whose file was not found in the folders.
    void VerifyEntry(string? path)
    {
        // A line that was added meanwhile is left to the next verification.
        if (path is null || !_manifest.IsOpen(path))
        {
            return;
        }

        _manifest.Take(path);
        if (!File.Exists(Full(path)))
        {
            Fault(path, "is missing, and stands in a manifest");
            return;
        }

        try
        {
            Read(path, _ => { });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault(path, $"cannot be read: {e.Message}");
        }
    }

    void AddEntry(string manifest, ManifestLine line)
    {
        var at = $"{manifest}:{line.Number}";
        if (!line.IsWhole)
        {
            Note(at, "is not complete: it is being written, or a crash cut it off");
        }
        else if (line.Path is null)
        {
            Fault(at, "is no line of a manifest");
        }
        else if (!IsWithin(line.Path))
        {
            Fault(at, "names a file outside the folder");
        }
        else if (!_manifest.Add(line.Path, line.Digest))
        {
            Fault(line.Path, $"stands in the manifests with two digests, the second in {at}");
        }
    }

    // Read twice, so that paths need not be kept in memory.
    void ReadManifests(bool isFirst, Action<string, ManifestLine> take, CancellationToken cancellationToken)
    {
        var inner = Full(Manifest.Folder);
        if (!Directory.Exists(inner))
        {
            return;
        }

        foreach (var entry in ArchiveFolder.Entries(inner))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"{Manifest.Folder}/{entry.Name}";
            if (entry is DirectoryInfo || !entry.Name.EndsWith(Manifest.Suffix, StringComparison.Ordinal))
            {
                if (isFirst)
                {
                    Note(path, "is no manifest");
                }

                continue;
            }

            if (isFirst)
            {
                _summary.Manifests++;
            }

            try
            {
                using var stream = ArchiveFolder.Open(entry.FullName);
                foreach (var line in ManifestLine.Read(stream))
                {
                    take(path, line);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fault(path, $"cannot be read: {e.Message}");
            }
        }
    }

    IncrementalHash? Hash(string path)
    {
        if (_manifest.Take(path))
        {
            return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }

        if (_summary.Manifests > 0)
        {
            _summary.WithoutEntry++;
        }

        return null;
    }

    void Compare(string path, IncrementalHash? hash)
    {
        if (hash is not null && !_manifest.Matches(path, hash.GetHashAndReset()))
        {
            Fault(path, "differs from its SHA-256 in the manifest");
        }
    }

    static bool IsWithin(string path) =>
        !path.Contains('\0') && !Path.IsPathRooted(path) && !path.Split('/').AsSpan().ContainsAny("..", ".", "");
}
