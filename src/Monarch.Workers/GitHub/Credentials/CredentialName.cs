using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Names a credential by a digest, from which the token cannot be told.</summary>
static class CredentialName
{
    /// <param name="token">The token; null for requests without one.</param>
    public static string Of(string? token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"monarch:{token}")))[..12];
}
