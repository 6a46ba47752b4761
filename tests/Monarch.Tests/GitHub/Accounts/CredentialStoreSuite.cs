using Monarch.Contracts;
using Monarch.Workers.GitHub.Accounts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

/// <summary>The behaviour of every credential store; runs in memory and on Redis.</summary>
public abstract class CredentialStoreSuite
{
    static readonly DateTimeOffset Since = new(2026, 3, 10, 9, 0, 0, 123, TimeSpan.Zero);

    readonly string _credential = Guid.NewGuid().ToString("N")[..12];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract ICredentialStore Store { get; }

    /// <summary>Advances the store's clock.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Should_return_null_for_a_credential_that_is_not_parked()
    {
        (await Store.FindAsync(_credential, Ct)).ShouldBeNull();
        (await Store.ReleaseAsync(_credential, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_keep_start_and_reason_until_the_release()
    {
        var parked = Parked(minutes: 0);
        (await Store.ParkAsync(_credential, parked, Ct)).ShouldBe((parked, true));
        (await Store.FindAsync(_credential, Ct)).ShouldBe(parked);
        (await Store.FindAsync("another", Ct)).ShouldBeNull();

        (await Store.ReleaseAsync(_credential, Ct)).ShouldBeTrue();
        (await Store.FindAsync(_credential, Ct)).ShouldBeNull();
        (await Store.ParkAsync(_credential, Parked(minutes: 9), Ct)).ShouldBe((Parked(minutes: 9), true));
    }

    [Fact]
    public async Task Should_keep_the_first_start_and_the_latest_reason()
    {
        await Store.ParkAsync(_credential, Parked(minutes: 0), Ct);
        var expected = Parked(minutes: 5) with { Since = Since };
        (await Store.ParkAsync(_credential, Parked(minutes: 5), Ct)).ShouldBe((expected, false));
        (await Store.FindAsync(_credential, Ct)).ShouldBe(expected);
    }

    [Fact]
    public async Task Should_allow_one_probe_per_interval()
    {
        var once = TimeSpan.FromSeconds(1);
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.TryProbeAsync(_credential, once, Ct)));
        tries.Count(isAllowed => isAllowed).ShouldBe(1);
        (await Store.TryProbeAsync(Guid.NewGuid().ToString("N"), once, Ct)).ShouldBeTrue();

        await PassAsync(once * 1.1);
        (await Store.TryProbeAsync(_credential, once, Ct)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ada")]
    [InlineData(null)]
    public async Task Should_keep_the_account_of_a_credential(string? login)
    {
        (await Store.FindAccountAsync(_credential, Ct)).ShouldBeNull();

        await Store.SetAccountAsync(_credential, new("user:7", login), Ct);
        await Store.ParkAsync(_credential, Parked(minutes: 0), Ct);
        await Store.ReleaseAsync(_credential, Ct);

        (await Store.FindAccountAsync(_credential, Ct)).ShouldBe(new("user:7", login));
        (await Store.FindAccountAsync("another", Ct)).ShouldBeNull();
    }

    static ParkedCredential Parked(int minutes) =>
        new(
            Since.AddMinutes(minutes),
            Since.AddMinutes(minutes + 5),
            new Failure
            {
                Kind = FailureKind.Unauthorised,
                Message = $"Bad credentials {minutes}",
                Remedy = "Replace it.",
                Status = 401,
                RequestId = "C0DE:1",
            }
        );
}
