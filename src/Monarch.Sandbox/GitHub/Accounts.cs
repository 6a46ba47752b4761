using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Knows whose token it is.</summary>
sealed class Accounts(IList<SandboxToken> tokens)
{
    static readonly SandboxToken Anyone = new();
    readonly ConcurrentDictionary<long, Account> _byId = new();
    readonly ConcurrentDictionary<string, Account> _byAddress = new();

    /// <summary>The caller; null: bad credentials.</summary>
    public Caller? Find(HttpContext context, IList<string> revoked)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            var address = context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";
            return new Caller(_byAddress.GetOrAdd(address, a => new Account(a, 0, isAnonymous: true)), null);
        }

        var known = Credential(header) is { Length: > 0 } credential && !revoked.Contains(credential)
            ? tokens.Count == 0 ? Anyone : tokens.FirstOrDefault(t => t.Token == credential)
            : null;
        return known is null ? null : new Caller(_byId.GetOrAdd(known.Id, _ => new Account(known.Login, known.Id, isAnonymous: false)), known);
    }

    public void Reset()
    {
        _byId.Clear();
        _byAddress.Clear();
    }

    static string? Credential(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? "" : header[..space];
        return scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase)
            ? header[(space + 1)..].Trim()
            : null;
    }
}
