using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Accounts.Apps;

/// <summary>A GitHub App itself. It may only list its installations and create tokens for them.</summary>
sealed class AppCredential(string appId, AppKey key, TimeProvider time)
    : Credential(
        CredentialName.Of($"app:{appId}:{key.Fingerprint}"),
        $"the GitHub App {appId}",
        "Set GH_APP_ID to the App's id and GH_APP_PRIVATE_KEY to a private key of it, and restart the workers: pending work then continues "
            + "automatically."
    )
{
    static readonly TimeSpan ToleratedOffset = TimeSpan.FromSeconds(30);

    // The difference to GitHub's clock, when the token's times do not tolerate it.
    TimeSpan _clockOffset;

    public override ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken) =>
        new(new AuthenticationHeaderValue("Bearer", key.Sign(appId, time.GetUtcNow() + _clockOffset)));

    public override ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        if (refused.Headers.Date is not { } date || (date - time.GetUtcNow() - _clockOffset).Duration() <= ToleratedOffset)
        {
            return new(false);
        }

        _clockOffset = date - time.GetUtcNow();
        return new(true);
    }
}
