using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// The digests of all manifests, by path. Paths are hashed, so that the size of an entry does not depend on their length.
/// </summary>
sealed class ManifestDigests
{
    readonly Dictionary<UInt128, Entry> _entries = [];

    /// <summary>The number of paths.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds an entry.</summary>
    /// <returns>False if the path already has another digest.</returns>
    public bool Add(string path, ReadOnlySpan<byte> digest)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, Key(path), out var exists);
        if (exists)
        {
            return entry.Is(digest);
        }

        entry = new(digest);
        return true;
    }

    /// <summary>Whether a path has an entry, which then counts as compared.</summary>
    public bool Take(string path)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, Key(path));
        if (Unsafe.IsNullRef(ref entry))
        {
            return false;
        }

        entry.IsTaken = true;
        return true;
    }

    /// <summary>Whether a path has an entry that was not compared yet.</summary>
    public bool IsOpen(string path) => _entries.TryGetValue(Key(path), out var entry) && !entry.IsTaken;

    /// <summary>Whether a file's digest equals that of its entry.</summary>
    public bool Matches(string path, ReadOnlySpan<byte> digest) => _entries[Key(path)].Is(digest);

    static UInt128 Key(string path) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    struct Entry(ReadOnlySpan<byte> digest)
    {
        readonly UInt128 _first = BinaryPrimitives.ReadUInt128LittleEndian(digest);
        readonly UInt128 _second = BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]);

        public bool IsTaken { get; set; }

        public readonly bool Is(ReadOnlySpan<byte> digest) =>
            _first == BinaryPrimitives.ReadUInt128LittleEndian(digest) && _second == BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]);
    }
}
