using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The GitHub Apps and the tokens issued to their installations.</summary>
sealed class AppDirectory(IList<SandboxApp> apps, TimeProvider time)
{
    readonly ConcurrentDictionary<string, InstallationToken> _tokens = new();

    /// <summary>The App of this id; null: it does not exist.</summary>
    public SandboxApp? Find(string id) => apps.FirstOrDefault(app => app.Id.ToString(CultureInfo.InvariantCulture) == id);

    /// <summary>Issues a token that expires after <see cref="SandboxApp.TokenSeconds"/>.</summary>
    public InstallationToken Issue(SandboxApp app, SandboxInstallation installation, TokenRequest request)
    {
        var secret = InstallationToken.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18));
        return _tokens[secret] = new(secret, app, installation, time.GetUtcNow().AddSeconds(app.TokenSeconds), request);
    }

    /// <summary>The token of a secret; null: unknown, expired or revoked, or its installation was removed or suspended.</summary>
    public InstallationToken? FindToken(string secret) =>
        _tokens.TryGetValue(secret, out var token)
        && time.GetUtcNow() < token.ExpiresAt
        && !token.Installation.Suspended
        && token.App.Installations.Contains(token.Installation)
            ? token
            : null;

    public void Revoke() => _tokens.Clear();
}
