namespace Monarch.Testing;

/// <summary>Which way bytes go through a <see cref="TcpProxy"/>.</summary>
[Flags]
public enum Flow
{
    /// <summary>Neither way.</summary>
    None = 0,

    /// <summary>From the client to the server: what is asked.</summary>
    ToServer = 1,

    /// <summary>From the server to the client: what is answered.</summary>
    ToClient = 2,

    /// <summary>Both ways.</summary>
    Both = ToServer | ToClient,
}
