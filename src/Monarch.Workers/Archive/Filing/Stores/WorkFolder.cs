using System.Globalization;
using System.Security.Cryptography;
using Monarch.Workers.Archive.Filing.Files;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>
/// A process's folder for temporary files, below <c>.tmp</c>. A lock shows that the process is alive. With its tokens (empty files) the
/// process claims message ids: the id becomes a hard link to the token, which only one of several processes can create.
/// </summary>
sealed class WorkFolder : IDisposable
{
    public const string Parent = ".tmp";
    public const string Ids = ".ids";

    const string LockName = "lock";
    const string TokenName = "token";
    const int MaxAttempts = 10;

    // An id is as old as its token; an hour is negligible compared with its retention.
    static readonly TimeSpan LongestToken = TimeSpan.FromHours(1);

    readonly IArchiveFiles _files;
    readonly TimeProvider _time;
    readonly IDisposable _lock;
    readonly List<string> _oldTokens = [];
    string _token = "";
    long _tokenSince;
    int _tokens;

    WorkFolder(IArchiveFiles files, TimeProvider time, string name, IDisposable held)
    {
        (_files, _time, Name, _lock) = (files, time, name, held);
        BeginToken();
        files.SyncFolder(Parent);
    }

    /// <summary>The name of the process in the archive.</summary>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Path => $"{Parent}/{Name}";

    /// <summary>Creates a folder with a unique name and locks it.</summary>
    public static WorkFolder Create(IArchiveFiles files, TimeProvider time)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyyMMddHHmmss}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"
            );
            files.CreateFolder($"{Parent}/{name}");
            // Another starting process may have removed the folder as abandoned before it was locked.
            if (files.TryLock(PathOf(name, LockName)) is { } held)
            {
                if (files.Exists(PathOf(name, LockName)))
                {
                    return new(files, time, name, held);
                }

                held.Dispose();
            }
        }

        throw new ArchiveFolderException($"No folder below {Parent} can be locked. Use a file system with locks (flock).");
    }

    /// <summary>The path of a file in a process's folder.</summary>
    public static string PathOf(string process, string name) => $"{Parent}/{process}/{name}";

    /// <summary>The path of the id of a message.</summary>
    public static string IdOf(string digest) => $"{Ids}/{digest}";

    /// <summary>Takes over the folder of a process that has ended.</summary>
    /// <returns>The lock; null if the process is alive.</returns>
    public static IDisposable? TryTakeOver(IArchiveFiles files, string process) => files.TryLock(PathOf(process, LockName));

    /// <summary>Whether a process has claimed an id and may not have finished the message.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="process">The process.</param>
    /// <param name="names">The names in its folder.</param>
    /// <param name="digest">The digest of the message.</param>
    public static bool HasClaimed(IArchiveFiles files, string process, IEnumerable<string> names, string digest) =>
        names.Any(name => name.StartsWith(TokenName, StringComparison.Ordinal) && files.IsSame(PathOf(process, name), IdOf(digest)));

    /// <summary>Claims an id.</summary>
    /// <returns>False if it was claimed before, by this or another process.</returns>
    public bool TryClaim(string digest)
    {
        if (_time.GetElapsedTime(_tokenSince) > LongestToken)
        {
            BeginToken();
        }

        var result = _files.Link(_token, IdOf(digest));
        if (result == LinkResult.Exhausted)
        {
            BeginToken();
            result = _files.Link(_token, IdOf(digest));
        }

        return result switch
        {
            LinkResult.Linked => true,
            LinkResult.Taken => false,
            _ => throw new ArchiveFolderException(
                $"{IdOf(digest)} cannot be created: {Ids} or {_token} is missing, or does not allow hard links."
            ),
        };
    }

    /// <summary>Removes tokens that are no longer used. Must be called only while no message is unfinished.</summary>
    public void DropOldTokens()
    {
        foreach (var token in _oldTokens)
        {
            _files.Delete(token);
        }

        _oldTokens.Clear();
    }

    /// <summary>Removes a locked folder with its content.</summary>
    public static void Remove(IArchiveFiles files, string process)
    {
        foreach (var name in files.List($"{Parent}/{process}").Where(name => name != LockName).ToList())
        {
            files.Delete(PathOf(process, name));
        }

        files.Delete(PathOf(process, LockName));
        files.DeleteFolder($"{Parent}/{process}");
    }

    /// <summary>Releases the lock; the folder stays.</summary>
    public void Dispose() => _lock.Dispose();

    void BeginToken()
    {
        if (_token.Length > 0)
        {
            _oldTokens.Add(_token);
        }

        _token = $"{Path}/{TokenName}{_tokens++}";
        _tokenSince = _time.GetTimestamp();
        _files.Create(_token, [], sync: true);
        _files.SyncFolder(Path);
    }
}
