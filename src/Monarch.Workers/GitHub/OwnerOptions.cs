using Microsoft.Extensions.Configuration;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub;

/// <summary>
/// Whose repositories may be read and written. The Bridge checks the names that are asked for; a renamed or transferred repository
/// may turn out to be somebody else's only when GitHub has told its present name.
/// </summary>
sealed class OwnerOptions
{
    /// <summary>The owners, parted by commas; empty means any.</summary>
    [ConfigurationKeyName("MONARCH_ALLOWED_OWNERS")]
    public string? AllowedOwners { get; set; }

    /// <param name="requested">The name that was asked for.</param>
    /// <param name="fullName">GitHub's present name for it, <c>owner/name</c>.</param>
    /// <returns>Why the repository is refused, with the remedy; null when its owner is allowed.</returns>
    public Failure? Refusal(string requested, string fullName)
    {
        var owners = (AllowedOwners ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var owner = fullName.Split('/')[0];
        return owners.Length == 0 || owners.Contains(owner, StringComparer.OrdinalIgnoreCase)
            ? null
            : new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = $"{requested} is {fullName} now, and {owner} is not among MONARCH_ALLOWED_OWNERS.",
                Remedy = $"Name the repository that is meant, or add {owner} to MONARCH_ALLOWED_OWNERS and start Monarch again.",
            };
    }
}
