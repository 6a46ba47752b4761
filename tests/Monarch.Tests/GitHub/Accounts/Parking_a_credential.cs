using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Parking_a_credential : IAsyncLifetime
{
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly FakeLoggerProvider _log = new();
    readonly List<ServiceProvider> _replicas = [];
    readonly InMemoryCredentialStore _store;
    StubServer _gitHub = null!;
    int _status = 401;

    public Parking_a_credential() => _store = new(_time);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gitHub = await StubServer.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await _gitHub.DisposeAsync();
    }

    [Fact]
    public async Task Should_report_start_reason_remedy_and_retry_time()
    {
        var refusal = await ParkAsync(Replica());

        refusal.MayHaveHappened.ShouldBeFalse();
        var failure = refusal.Failure;
        (failure.Kind, failure.Status, failure.RequestId).ShouldBe((FailureKind.Unauthorised, 401, "C0DE:1"));
        failure.Message.ShouldBe("GitHub refuses Monarch's token since 2026-03-10 09:00:01 UTC: Bad credentials");
        failure.Remedy!.ShouldContain("GH_PAT");
        failure.RetryAt!.Value.ShouldBeInRange(_time.GetUtcNow().AddSeconds(15), _time.GetUtcNow().AddSeconds(30));
        (refusal.ToString() + failure + string.Join('\n', _log.Lines)).ShouldNotContain(GitHubStub.Token);
    }

    [Fact]
    public async Task Should_send_no_further_requests_and_return_the_same_failure()
    {
        var client = Replica();
        var first = await ParkAsync(client);
        _time.Advance(200);
        var create = await Should.ThrowAsync<GitHubException>(() =>
            client.CreateIssueAsync(GitHubStub.RepositoryId, "A ticket", "Text", Ct)
        );

        (create.Failure with { RetryAt = null }).ShouldBe(first.Failure with { RetryAt = null });
        create.Failure.RetryAt.ShouldNotBeNull().ShouldBeGreaterThan(_time.GetUtcNow());
        create.MayHaveHappened.ShouldBeFalse();
        _gitHub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_apply_to_every_replica_within_a_second()
    {
        var (one, other) = (Replica(), Replica());
        _status = 200;
        await other.GetRepositoryAsync("nss/cider-falls", Ct);
        _status = 401;
        await ParkAsync(one);

        _time.Advance(1);
        await RefusedAsync(other);
        _gitHub.Requests.Count.ShouldBe(3);
        _log.Lines.Count(line => line.Contains("is parked")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_probe_with_one_request_of_all_replicas_every_five_minutes()
    {
        GitHubClient[] replicas = [Replica(), Replica(), Replica()];
        await ParkAsync(replicas[0]);
        for (var round = 3; round < 6; round++)
        {
            _time.Advance(301);
            await Task.WhenAll(Enumerable.Range(0, 30).Select(n => RefusedAsync(replicas[n % 3])));
            _gitHub.Requests.Count.ShouldBe(round);
        }

        (await RefusedAsync(replicas[1])).Failure.Message.ShouldContain("since 2026-03-10 09:00:01 UTC");
        _log.Lines.Count(line => line.Contains("is parked")).ShouldBe(1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Should_end_when_GitHub_accepts_the_credential(int status)
    {
        var (one, other) = (Replica(), Replica());
        await ParkAsync(one);
        await RefusedAsync(other);
        _status = status;
        _time.Advance(301);
        await Record.ExceptionAsync(() => one.GetRepositoryAsync("nss/cider-falls", Ct));
        _time.Advance(61);
        _status = 200;
        await one.GetRepositoryAsync("nss/cider-falls", Ct);
        await other.GetRepositoryAsync("nss/cider-falls", Ct);
        _log.Lines.Count(line => line.EndsWith("is accepted again")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_continue_when_the_probe_did_not_reach_GitHub()
    {
        var client = Replica();
        await ParkAsync(client);
        _status = 503;
        _time.Advance(301);
        (await Should.ThrowAsync<GitHubException>(() => client.GetRepositoryAsync("nss/cider-falls", Ct))).Failure.Kind.ShouldBe(
            FailureKind.Transient
        );

        await RefusedAsync(client);
        _gitHub.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_not_apply_to_another_token()
    {
        await ParkAsync(Replica());
        var other = CredentialName.Of("ghp_Another");

        other.ShouldMatch("^[0-9a-f]{12}$");
        (await _store.FindAsync(other, Ct)).ShouldBeNull();
        (await _store.FindAsync(CredentialName.Of(GitHubStub.Token), Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_not_park_after_a_single_401()
    {
        var client = Replica();
        for (var round = 0; round < 3; round++)
        {
            _status = 401;
            var once = await OnceAsync(client);
            once.Failure.RetryAt.ShouldBe(_time.GetUtcNow().AddSeconds(1));
            once.Failure.Message.ShouldContain("Bad credentials");

            // A concurrent 401 counts as the same.
            (await OnceAsync(client)).Failure.Status.ShouldBe(401);
            _time.Advance(1);
            _status = 200;
            await client.GetRepositoryAsync("nss/cider-falls", Ct);
        }

        (await _store.FindAsync(CredentialName.Of(GitHubStub.Token), Ct)).ShouldBeNull();
        _log.Lines.ShouldNotContain(line => line.Contains("is parked"));
    }

    [Fact]
    public async Task Should_not_park_when_two_401s_are_far_apart()
    {
        var client = Replica();
        await OnceAsync(client);
        _time.Advance(601);
        await OnceAsync(client);
    }

    GitHubClient Replica()
    {
        var replica = GitHubStub.Services(
            _gitHub.Url.ToString(),
            configure: services =>
                services
                    .AddSingleton<TimeProvider>(_time)
                    .AddSingleton<ICredentialStore>(_store)
                    .AddLogging(logging => logging.AddProvider(_log).AddFilter("System.Net.Http", LogLevel.None))
        );
        _replicas.Add(replica);
        return GitHubStub.Of(replica);
    }

    // The second 401 counts a second after the first.
    async Task<GitHubException> ParkAsync(GitHubClient client)
    {
        await OnceAsync(client);
        _time.Advance(1);
        return await RefusedAsync(client);
    }

    static async Task<GitHubException> OnceAsync(GitHubClient client)
    {
        var refusal = await Should.ThrowAsync<GitHubException>(() => client.GetRepositoryAsync("nss/cider-falls", Ct));
        (refusal.Failure.Kind, refusal.MayHaveHappened).ShouldBe((FailureKind.Transient, false));
        return refusal;
    }

    static async Task<GitHubException> RefusedAsync(GitHubClient client)
    {
        var refusal = await Should.ThrowAsync<GitHubException>(() => client.GetRepositoryAsync("nss/cider-falls", Ct));
        refusal.Failure.Kind.ShouldBe(FailureKind.Unauthorised);
        return refusal;
    }

    Task AnswerAsync(HttpContext context) =>
        context.AnswerAsync(
            _status,
            _status == 200 ? """{"id":42,"full_name":"nss/cider-falls","has_issues":true}""" : """{"message":"Bad credentials"}""",
            "X-GitHub-Request-Id: C0DE:1"
        );
}
