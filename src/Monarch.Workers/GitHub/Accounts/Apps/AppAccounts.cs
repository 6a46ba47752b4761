using System.Collections.Concurrent;
using System.Globalization;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Accounts.Apps;

/// <summary>The accounts of a GitHub App: one per owner with an installation.</summary>
sealed class AppAccounts(AppCredential app, AccountClient client, TimeProvider time) : IAccounts, IDisposable
{
    readonly GitHubAccount _app = new($"app:{app.Name}", null, app);
    readonly ConcurrentDictionary<string, Installed> _installed = new(StringComparer.OrdinalIgnoreCase);
    readonly SemaphoreSlim _lookup = new(1);

    public IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known =>
        [
            (app, _installed.IsEmpty ? null : _app),
            .. _installed.Values.Select(installed => ((Credential)installed.Credential, (GitHubAccount?)installed.Account)),
        ];

    public async ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken)
    {
        var owner = Owner(fullName);
        var installed = await GetAsync(owner, cancellationToken);
        if (!installed.MayWriteIssues)
        {
            // The owner may have granted the permission in the meantime.
            _installed.TryRemove(new(owner, installed));
            installed = await GetAsync(owner, cancellationToken);
        }

        return installed.MayWriteIssues
            ? installed.Account
            : throw Refused(
                $"The GitHub App may not write issues in the repositories of {owner}.",
                $"Give the App the permission Issues: read and write; {owner} must then accept it in its settings. Then retry."
            );
    }

    public async ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken) =>
        [(await GetAsync(Owner(fullName), cancellationToken)).Account];

    public void Dispose() => _lookup.Dispose();

    static string Owner(string fullName) => fullName.Split('/')[0];

    // Requests the token here, before an issue waits for it.
    async Task<Installed> GetAsync(string owner, CancellationToken cancellationToken)
    {
        if (_installed.TryGetValue(owner, out var known))
        {
            try
            {
                await known.Credential.GetHeaderAsync(cancellationToken);
                return known;
            }
            catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
            {
                // The App was uninstalled, and possibly installed again.
                _installed.TryRemove(new(owner, known));
            }
        }

        await _lookup.WaitAsync(cancellationToken);
        try
        {
            return _installed.TryGetValue(owner, out var found) ? found : _installed[owner] = await FindAsync(owner, cancellationToken);
        }
        finally
        {
            _lookup.Release();
        }
    }

    async Task<Installed> FindAsync(string owner, CancellationToken cancellationToken)
    {
        try
        {
            var installation = await client.GetInstallationAsync(_app, owner, cancellationToken);
            var credential = new InstallationCredential(_app, installation.Id, owner, client, time);
            await credential.GetHeaderAsync(cancellationToken);
            var account = new GitHubAccount(
                string.Create(CultureInfo.InvariantCulture, $"installation:{installation.Id}"),
                installation.AppSlug is { } slug ? $"{slug}[bot]" : null,
                credential
            );
            return new(account, credential, installation.Permissions?.Issues == "write");
        }
        catch (GitHubException e) when (e.Failure is { Kind: FailureKind.RefusedTarget, Status: 404 })
        {
            throw Refused(
                $"The GitHub App is not installed at {owner}.",
                $"Install it at {owner}, for all or for the intended repositories. Then retry."
            );
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            throw Refused(
                $"The GitHub App may not act at {owner}: {e.Failure.Message}",
                $"Check the settings of {owner} on GitHub, under GitHub Apps. Then retry."
            );
        }
    }

    static GitHubException Refused(string message, string remedy) =>
        new(
            new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = message,
                Remedy = remedy,
            },
            mayHaveHappened: false
        );

    sealed record Installed(GitHubAccount Account, InstallationCredential Credential, bool MayWriteIssues);
}
