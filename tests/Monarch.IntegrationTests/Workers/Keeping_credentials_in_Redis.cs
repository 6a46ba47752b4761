using Monarch.Testing;
using Monarch.Tests.GitHub.Accounts;
using Monarch.Workers.GitHub.Accounts;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

public sealed class Keeping_credentials_in_Redis(WorkersDatabase database) : CredentialStoreSuite, IClassFixture<WorkersDatabase>
{
    private protected override ICredentialStore Store => new RedisCredentialStore(database.Connection());

    protected override Task PassAsync(TimeSpan time)
    {
        var began = TimeProvider.System.GetTimestamp();
        return Until.TrueAsync(() => TimeProvider.System.GetElapsedTime(began) > time, "time has passed");
    }
}
