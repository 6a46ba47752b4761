using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>A GitHub App as itself. It may ask where it is installed and get tokens for it, and no more.</summary>
sealed class AppCredential(string appId, AppKey key, TimeProvider time) : Credential(
    CredentialName.Of($"app:{appId}:{key.Fingerprint}"),
    $"the GitHub App {appId}",
    "Set GH_APP_ID to the App's id and GH_APP_PRIVATE_KEY to a private key of it, and start the workers again: what waits then goes on by itself.")
{
    static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    // By how much GitHub's clock is ahead of ours, where that is more than the token's times allow for.
    TimeSpan _ahead;

    public override ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken) =>
        new(new AuthenticationHeaderValue("Bearer", key.Sign(appId, time.GetUtcNow() + _ahead)));

    public override ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        if (refused.Headers.Date is not { } date || (date - time.GetUtcNow() - _ahead).Duration() <= Tolerated)
        {
            return new(false);
        }

        _ahead = date - time.GetUtcNow();
        return new(true);
    }
}
