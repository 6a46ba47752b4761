using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Rendezvous hashing: every process ranks the accounts alike for one repository, in whatever order they are configured. An account that
/// is added takes its share of the repositories, and no other repository changes hands.
/// </summary>
static class Rendezvous
{
    /// <param name="accounts">The accounts.</param>
    /// <param name="repository">What stands for the repository, always in the same spelling.</param>
    /// <returns>Them, the repository's own first.</returns>
    public static IReadOnlyList<GitHubAccount> Rank(IReadOnlyList<GitHubAccount> accounts, string repository) =>
        accounts.Count == 1 ? accounts : [.. accounts.OrderByDescending(account => Weight(account, repository)).ThenBy(account => account.Key, StringComparer.Ordinal)];

    static ulong Weight(GitHubAccount account, string repository) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Key} {repository}")));
}
