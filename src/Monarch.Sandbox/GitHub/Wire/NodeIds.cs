using System.Buffers.Binary;
using System.Buffers.Text;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's global node ids: a prefix of the kind and something opaque.</summary>
static class NodeIds
{
    public static string Of(string kind, long id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return $"{kind}_{Base64Url.EncodeToString(bytes)}";
    }
}
