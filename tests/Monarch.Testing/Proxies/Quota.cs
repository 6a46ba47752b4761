namespace Monarch.Testing.Proxies;

/// <summary>
/// The number of bytes that a connection may carry in one direction before it is cut. A new quota of the same size is counted separately.
/// </summary>
sealed class Quota(int bytes)
{
    public int Bytes => bytes;
}
