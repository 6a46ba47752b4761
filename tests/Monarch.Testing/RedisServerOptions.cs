namespace Monarch.Testing;

/// <summary>How a private Redis is started.</summary>
public sealed record RedisServerOptions
{
    /// <summary>
    /// Whether it writes each change to disk before its reply, so that a kill loses nothing. If false, a restarted server is empty.
    /// </summary>
    public bool AppendOnly { get; init; }

    /// <summary>
    /// Whether the append-only file is flushed once a second only (<c>everysec</c>), so that <see cref="RedisServer.KillForgettingAsync"/>
    /// may discard the last second.
    /// </summary>
    public bool EverySecond { get; init; }

    /// <summary>The default user's password; null means none.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Signs the certificate, for localhost, of a second port with TLS (<see cref="RedisServer.TlsPort"/>); null means no such port.
    /// </summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>The rules of an ACL user named <c>monarch</c>, as after <c>ACL SETUSER monarch</c>; null means no such user.</summary>
    public string? User { get; init; }

    /// <summary>More arguments of <c>redis-server</c>, such as <c>--maxmemory 100mb</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
