using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>
/// Rendezvous hashing: every process ranks the accounts identically for a repository, regardless of the order of the settings. An added
/// account takes its share of the repositories; all others keep their account.
/// </summary>
static class Rendezvous
{
    /// <param name="accounts">The accounts.</param>
    /// <param name="repository">A stable key of the repository.</param>
    /// <returns>The accounts, the preferred one first.</returns>
    public static IReadOnlyList<GitHubAccount> Rank(IReadOnlyList<GitHubAccount> accounts, string repository) =>
        accounts.Count == 1
            ? accounts
            :
            [
                .. accounts
                    .OrderByDescending(account => Weight(account, repository))
                    .ThenBy(account => account.Key, StringComparer.Ordinal),
            ];

    static ulong Weight(GitHubAccount account, string repository) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Key} {repository}")));
}
