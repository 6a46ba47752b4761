using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.GitHub.Apps;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>Maps credentials to accounts.</summary>
sealed class Accounts(SandboxOptions options, TimeProvider time)
{
    static readonly SandboxToken DefaultToken = new();
    readonly ConcurrentDictionary<string, Account> _accounts = new();

    public AppDirectory Apps { get; } = new(options.Apps, time);

    /// <summary>The caller, or the refusal of its credentials.</summary>
    public (Caller? Caller, Answer? Refusal) Find(HttpContext context, Operation operation, IList<string> revoked)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var credential = Credential(header) ?? "";
        if (operation.IsForApps)
        {
            return FindApp(credential);
        }

        if (header.Length == 0)
        {
            return (Anonymous(context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1"), null);
        }

        return credential.Length > 0 && !revoked.Contains(credential) && Find(credential) is { } caller
            ? (caller, null)
            : (null, GitHubErrors.BadCredentials());
    }

    /// <summary>Whether a token of this login exists.</summary>
    public bool HasLogin(string login) => Logins.Contains(login, StringComparer.OrdinalIgnoreCase);

    /// <summary>The logins of the tokens.</summary>
    public IEnumerable<string> Logins => options.Tokens.DefaultIfEmpty(DefaultToken).Select(token => token.Login);

    public void Reset()
    {
        _accounts.Clear();
        Apps.Revoke();
    }

    Caller? Find(string credential)
    {
        if (credential.StartsWith(InstallationToken.Prefix, StringComparison.Ordinal))
        {
            return Apps.FindToken(credential) is { } token
                ? CallerOf(token.Rights(), "installation") with
                {
                    LacksIssues = token.Issues is null,
                }
                : null;
        }

        if (AppJwt.IsJwt(credential))
        {
            return FindApp(credential).Caller;
        }

        var configured = options.Tokens.Count == 0 ? DefaultToken : options.Tokens.FirstOrDefault(t => t.Token == credential);
        return configured is null ? null : CallerOf(configured, "user");
    }

    (Caller? Caller, Answer? Refusal) FindApp(string credential)
    {
        var (app, refusal) = AppJwt.Check(credential, Apps, time.GetUtcNow());
        if (refusal is not null)
        {
            return (null, GitHubErrors.BadJwt(refusal));
        }

        var account = _accounts.GetOrAdd($"app:{app!.Id}", _ => new Account(app.Slug, app.Id, isAnonymous: false));
        return (new Caller(account, null) { App = app }, null);
    }

    Caller Anonymous(string address) =>
        new(_accounts.GetOrAdd($"address:{address}", _ => new Account(address, 0, isAnonymous: true)), null);

    Caller CallerOf(SandboxToken token, string kind) =>
        new(
            _accounts.GetOrAdd(
                $"{kind}:{token.Id}",
                _ => new Account(token.Login, token.Id, isAnonymous: false) { IsInstallation = kind == "installation" }
            ),
            token
        );

    static string? Credential(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? "" : header[..space];
        return scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase)
            ? header[(space + 1)..].Trim()
            : null;
    }
}
