using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Names a credential by a digest that does not disclose the token.</summary>
static class CredentialName
{
    /// <param name="token">The token; null for anonymous requests.</param>
    public static string Of(string? token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"monarch:{token}")))[..12];
}
