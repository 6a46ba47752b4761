using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>
/// Derives a repository migration's id from GitHub's numeric ids of source and target, so that renames and spellings do not change it.
/// </summary>
static class RepositoryMigrationId
{
    public static Guid For(long sourceRepositoryId, long targetRepositoryId)
    {
        Span<byte> ids = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(ids, sourceRepositoryId);
        BinaryPrimitives.WriteInt64BigEndian(ids[8..], targetRepositoryId);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(ids, hash);
        // RFC 9562, version 8: an application-defined UUID.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
