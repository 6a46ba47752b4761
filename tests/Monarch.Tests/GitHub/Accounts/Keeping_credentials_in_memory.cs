using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.Accounts;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Keeping_credentials_in_memory : CredentialStoreSuite
{
    readonly FakeTimeProvider _time = FakeTime.New();

    public Keeping_credentials_in_memory() => Store = new InMemoryCredentialStore(_time);

    private protected override ICredentialStore Store { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
