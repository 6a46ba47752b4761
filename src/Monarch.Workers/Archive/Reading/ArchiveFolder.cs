using System.Buffers;
using System.Globalization;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Reading;

/// <summary>The structure of an archive's folder.</summary>
static class ArchiveFolder
{
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");
    static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The files and folders in a folder, lazily and unordered.</summary>
    public static IEnumerable<FileSystemInfo> Entries(string folder) => new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything);

    /// <summary>Parses the name of a day's folder.</summary>
    public static bool TryParseDay(string name, out DateTime day) =>
        DateTime.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Parses the name of a file, whose key must be encoded as the archive encodes it.</summary>
    public static bool TryParseName(string text, string suffix, out EventFileName name) =>
        EventFileName.TryParse(text, suffix, out name) && name.Key.Length <= RoutingKeyText.Longest && IsEncoded(name.Key);

    /// <summary>Opens a file for sequential reading, even while it is written.</summary>
    public static FileStream Open(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );

    static bool IsEncoded(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyExcept(RoutingKeyText.Plain) is >= 0 and var at)
        {
            if (text[at] != '%' || text.Length < at + 3 || text.Slice(at + 1, 2).ContainsAnyExcept(HexDigits))
            {
                return false;
            }

            text = text[(at + 3)..];
        }

        return true;
    }
}
