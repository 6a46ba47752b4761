using Microsoft.Extensions.Configuration;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Repositories;

/// <summary>
/// The owners whose repositories may be read and written. The Bridge checks the requested names. A renamed or transferred repository may
/// have another owner, which is known only after GitHub has returned its current name.
/// </summary>
sealed class OwnerOptions
{
    /// <summary>The owners, separated by commas, semicolons or spaces; empty means any.</summary>
    [ConfigurationKeyName("MONARCH_ALLOWED_OWNERS")]
    public string? AllowedOwners { get; set; }

    /// <param name="requested">The requested name.</param>
    /// <param name="fullName">The current name on GitHub, <c>owner/name</c>.</param>
    /// <returns>The failure with its remedy; null when the owner is allowed.</returns>
    public Failure? Refusal(string requested, string fullName)
    {
        var owners = (AllowedOwners ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var owner = fullName.Split('/')[0];
        return owners.Length == 0 || owners.Contains(owner, StringComparer.OrdinalIgnoreCase)
            ? null
            : new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = $"{requested} is now {fullName}, and {owner} is not among MONARCH_ALLOWED_OWNERS.",
                Remedy = $"Request the intended repository, or add {owner} to MONARCH_ALLOWED_OWNERS and restart Monarch.",
            };
    }
}
