namespace Monarch.Testing.Proxies;

/// <summary>The direction of bytes through a <see cref="TcpProxy"/>.</summary>
[Flags]
public enum Flow
{
    /// <summary>No direction.</summary>
    None = 0,

    /// <summary>From the client to the server: requests.</summary>
    ToServer = 1,

    /// <summary>From the server to the client: responses.</summary>
    ToClient = 2,

    /// <summary>Both directions.</summary>
    Both = ToServer | ToClient,
}
