using Monarch.Bridge.Status;

namespace Monarch.Bridge.Pages.Budget;

/// <summary>What the page of the budget shows.</summary>
/// <param name="Credentials">The credentials that workers reported.</param>
public sealed record BudgetModel(IReadOnlyList<CredentialView> Credentials)
{
    /// <summary>The accounts that work, each with its latest report.</summary>
    internal IReadOnlyList<CredentialView> Accounts =>
        [
            .. Credentials
                .Where(credential => credential is { Status: CredentialStatus.Working, Budget: not null })
                .GroupBy(credential => credential.Account ?? credential.Name, StringComparer.Ordinal)
                .Select(same => same.MaxBy(credential => credential.ReportedAt)!)
                .OrderBy(credential => credential.Login ?? credential.Name, StringComparer.Ordinal),
        ];

    internal IReadOnlyList<CredentialView> Parked => [.. Credentials.Where(credential => credential.Status == CredentialStatus.Parked)];
}
