using System.Collections.Concurrent;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>The parked credentials of a single process, lost when it ends.</summary>
sealed class InMemoryCredentialStore(TimeProvider time) : ICredentialStore
{
    readonly Lock _lock = new();
    readonly Dictionary<string, ParkedCredential> _parked = [];
    readonly Dictionary<string, DateTimeOffset> _probed = [];
    readonly ConcurrentDictionary<string, AccountName> _accounts = [];

    public Task<ParkedCredential?> FindAsync(string credential, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_parked.GetValueOrDefault(credential));
        }
    }

    public Task<(ParkedCredential Parked, bool IsNew)> ParkAsync(
        string credential,
        ParkedCredential parked,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            var before = _parked.GetValueOrDefault(credential);
            var now = _parked[credential] = parked with { Since = before?.Since ?? parked.Since };
            return Task.FromResult((now, before is null));
        }
    }

    public Task<bool> ReleaseAsync(string credential, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_parked.Remove(credential));
        }
    }

    public Task<bool> TryProbeAsync(string credential, TimeSpan interval, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_probed.TryGetValue(credential, out var at) && now < at + interval)
            {
                return Task.FromResult(false);
            }

            _probed[credential] = now;
            return Task.FromResult(true);
        }
    }

    public Task<AccountName?> FindAccountAsync(string credential, CancellationToken cancellationToken) =>
        Task.FromResult(_accounts.GetValueOrDefault(credential));

    public Task SetAccountAsync(string credential, AccountName account, CancellationToken cancellationToken)
    {
        _accounts[credential] = account;
        return Task.CompletedTask;
    }
}
