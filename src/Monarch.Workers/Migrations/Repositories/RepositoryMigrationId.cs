using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>Names the pair of a source and a target by GitHub's numeric ids, so that a rename or another spelling is the same pair.</summary>
static class RepositoryMigrationId
{
    public static Guid For(long sourceRepositoryId, long targetRepositoryId)
    {
        Span<byte> ids = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(ids, sourceRepositoryId);
        BinaryPrimitives.WriteInt64BigEndian(ids[8..], targetRepositoryId);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(ids, hash);
        // RFC 9562, version 8: a name of our own making.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
