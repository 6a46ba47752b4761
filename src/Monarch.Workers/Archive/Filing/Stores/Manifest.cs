using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monarch.Workers.Archive.Filing.Files;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The SHA-256 of each file, as <c>sha256sum</c> writes it: a file for each process and day.</summary>
sealed class Manifest(IArchiveFiles files, string process, FileClock clock)
{
    /// <summary>The folder of the manifests.</summary>
    public const string Folder = "manifest";

    /// <summary>The suffix of manifests.</summary>
    public const string Suffix = ".sha256";

    readonly StringBuilder _lines = new();
    string _path = "";

    /// <summary>Prepares the folder.</summary>
    public void Open() => files.CreateFolder(Folder);

    /// <summary>Adds an entry, which is written by <see cref="Append"/>.</summary>
    public void Enter(string path, ReadOnlySpan<byte> content) =>
        _lines.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(content))}  {path}\n");

    /// <summary>Writes the added entries durably.</summary>
    public void Append()
    {
        if (_lines.Length == 0)
        {
            return;
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"{Folder}/{clock.Next():yyyyMMdd}_{process}{Suffix}");
        files.Append(path, Encoding.UTF8.GetBytes(_lines.ToString()));
        if (path != _path)
        {
            files.SyncFolder(Folder);
            _path = path;
        }

        _lines.Clear();
    }
}
