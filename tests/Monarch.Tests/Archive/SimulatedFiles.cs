using Monarch.Workers.Archive.Filing.Files;

namespace Monarch.Tests.Archive;

/// <summary>
/// A file system that several archives share. On a simulated power failure it loses changes that were not made durable. It can kill the
/// process that uses it before any call.
/// </summary>
sealed class SimulatedFiles
{
    readonly Dictionary<string, Dictionary<string, SimulatedFile>> _folders = new() { [""] = [] };
    Dictionary<string, Dictionary<string, SimulatedFile>> _durable = new() { [""] = [] };

    /// <summary>How many links a file may have.</summary>
    public int MostLinks { get; init; } = 65_000;

    /// <summary>Calls until the process is killed; null for never.</summary>
    public int? CallsLeft { get; set; }

    /// <summary>An action of another process, which runs once before a later call.</summary>
    public (int Calls, Action Happens)? Interruption { get; set; }

    /// <summary>The exception of calls that change the file system; null for none.</summary>
    public ArchiveFolderException? Refusal { get; set; }

    /// <summary>All files, by path, without folders for the archive's own use.</summary>
    public IReadOnlyDictionary<string, byte[]> Filed =>
        _folders
            .Where(x => !x.Key.StartsWith('.'))
            .SelectMany(x => x.Value.Select(y => (Path: Join(x.Key, y.Key), y.Value)))
            .ToDictionary(x => x.Path, x => x.Value.Content);

    /// <summary>The paths of the archive's own files.</summary>
    public IReadOnlyList<string> Own =>
        [.. _folders.Where(x => x.Key.StartsWith('.')).SelectMany(x => x.Value.Keys.Select(y => Join(x.Key, y)))];

    /// <summary>The interface for an archive.</summary>
    public Access Open() => new(this);

    /// <summary>Simulates a power failure: each change that was not durable is lost at random.</summary>
    public void CutPower(Random random)
    {
        var contents = _folders.Values.SelectMany(x => x.Values).ToHashSet();
        foreach (var file in contents)
        {
            file.Lose(random);
        }

        foreach (var folder in _folders.Keys.Union(_durable.Keys).ToList())
        {
            var (now, before) = (_folders.GetValueOrDefault(folder), _durable.GetValueOrDefault(folder));
            if ((now is null || before is null) && random.Next(2) == 0)
            {
                (now, before) = before is null ? (null, null) : (before, before);
            }

            if ((now ?? before) is null)
            {
                _folders.Remove(folder);
                continue;
            }

            Dictionary<string, SimulatedFile> left = [];
            foreach (var name in (now ?? []).Keys.Union((before ?? []).Keys).ToList())
            {
                var (current, durable) = (now?.GetValueOrDefault(name), before?.GetValueOrDefault(name));
                if ((current == durable || random.Next(2) == 0 ? current : durable) is { } file)
                {
                    left[name] = file;
                }
            }

            _folders[folder] = left;
        }

        // The files of a lost folder are lost too.
        foreach (var orphan in _folders.Keys.Where(x => x.Contains('/') && !_folders.ContainsKey(x[..x.LastIndexOf('/')])).ToList())
        {
            _folders.Remove(orphan);
        }

        SyncAll();
    }

    static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    static (string Folder, string Name) Split(string path) =>
        path.LastIndexOf('/') is var end and >= 0 ? (path[..end], path[(end + 1)..]) : ("", path);

    SimulatedFile? Find(string path)
    {
        var (folder, name) = Split(path);
        return _folders.GetValueOrDefault(folder)?.GetValueOrDefault(name);
    }

    int NamesOf(SimulatedFile file) => _folders.Values.Sum(x => x.Values.Count(other => other == file));

    void SyncAll()
    {
        _durable = _folders.ToDictionary(x => x.Key, x => x.Value.ToDictionary());
        foreach (var file in _folders.Values.SelectMany(x => x.Values))
        {
            file.Sync();
        }
    }

    /// <summary>One process's access.</summary>
    public sealed class Access(SimulatedFiles disk) : IArchiveFiles
    {
        readonly List<SimulatedFile> _locks = [];

        /// <summary>Ends the process and releases its locks.</summary>
        public void Kill() => _locks.ForEach(file => file.IsLocked = false);

        public void CreateFolder(string path)
        {
            Begin();
            disk._folders.TryAdd(path, []);
        }

        public void Create(string path, ReadOnlySpan<byte> content, bool sync)
        {
            Begin();
            var (folder, name) = Split(path);
            var file = new SimulatedFile(content.ToArray());
            if (!disk._folders.TryGetValue(folder, out var names) || !names.TryAdd(name, file))
            {
                throw new ArchiveFolderException($"{path} cannot be created.");
            }

            if (sync)
            {
                file.Sync();
            }
        }

        public long Append(string path, ReadOnlySpan<byte> content)
        {
            Begin();
            var (folder, name) = Split(path);
            var names = disk._folders[folder];
            if (!names.TryGetValue(name, out var file))
            {
                names[name] = file = new SimulatedFile([]);
            }

            file.Content = [.. file.Content, .. content];
            file.Sync();
            return file.Content.Length;
        }

        public void SyncAll()
        {
            Begin();
            disk.SyncAll();
        }

        public void SyncFolder(string path)
        {
            Begin();
            disk._durable[path] = disk._folders[path].ToDictionary();
        }

        public LinkResult Link(string existing, string path)
        {
            Begin();
            var (folder, name) = Split(path);
            if (disk.Find(existing) is not { } file || !disk._folders.TryGetValue(folder, out var names))
            {
                return LinkResult.Missing;
            }

            if (names.ContainsKey(name))
            {
                return LinkResult.Taken;
            }

            if (disk.NamesOf(file) >= disk.MostLinks)
            {
                return LinkResult.Exhausted;
            }

            names[name] = file;
            return LinkResult.Linked;
        }

        public bool IsSame(string path, string other) => disk.Find(path) is { } file && file == disk.Find(other);

        public int LinkCount(string path) => disk.Find(path) is { } file ? disk.NamesOf(file) : 0;

        public bool Exists(string path) => disk.Find(path) is not null || disk._folders.ContainsKey(path);

        public DateTimeOffset? WrittenAt(string path) => disk.Find(path) is null ? null : DateTimeOffset.UnixEpoch;

        public byte[] Read(string path) => disk.Find(path)?.Content ?? throw new ArchiveFolderException($"{path} does not exist.");

        public void Delete(string path)
        {
            Begin();
            var (folder, name) = Split(path);
            disk._folders.GetValueOrDefault(folder)?.Remove(name);
        }

        public void DeleteFolder(string path)
        {
            Begin();
            disk._folders.Remove(path);
        }

        public IEnumerable<string> List(string path) =>
            [
                .. (disk._folders.GetValueOrDefault(path)?.Keys ?? Enumerable.Empty<string>()).Concat(
                    disk._folders.Keys.Where(x => Split(x) is var (folder, name) && folder == path && name.Length > 0)
                        .Select(x => Split(x).Name)
                ),
            ];

        public IDisposable? TryLock(string path)
        {
            Begin();
            var (folder, name) = Split(path);
            if (!disk._folders.TryGetValue(folder, out var names))
            {
                return null;
            }

            if (!names.TryGetValue(name, out var file))
            {
                names[name] = file = new SimulatedFile([]);
            }

            if (file.IsLocked)
            {
                return null;
            }

            file.IsLocked = true;
            _locks.Add(file);
            return new Held(file);
        }

        public long FreeBytes() => long.MaxValue;

        public void Dispose() { }

        void Begin()
        {
            if (disk.Interruption is var (calls, happens))
            {
                disk.Interruption = calls > 0 ? (calls - 1, happens) : null;
                if (calls <= 0)
                {
                    happens();
                }
            }

            if (disk.CallsLeft is { } left)
            {
                disk.CallsLeft = left - 1;
                if (left <= 0)
                {
                    throw new ProcessEndedException();
                }
            }

            if (disk.Refusal is { } refusal)
            {
                throw refusal;
            }
        }
    }

    sealed class Held(SimulatedFile file) : IDisposable
    {
        public void Dispose() => file.IsLocked = false;
    }
}

/// <summary>Ends a simulated process.</summary>
public sealed class ProcessEndedException() : Exception("The process has ended.");
