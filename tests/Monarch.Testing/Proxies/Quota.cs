namespace Monarch.Testing;

/// <summary>How many bytes a connection may carry one way before it is cut. Another one, of the same size too, is counted anew.</summary>
sealed class Quota(int bytes)
{
    public int Bytes => bytes;
}
