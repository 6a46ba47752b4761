using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Tests.GitHub.Endpoints;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

/// <summary>A separate Redis that is emptied, restarted or set back to an earlier state while issues are created.</summary>
public sealed class Recovering_from_lost_Redis_data : EndpointTest, IAsyncLifetime
{
    // An intent expires after one and a half time-outs.
    static readonly TimeSpan Closed = TimeSpan.FromSeconds(1.5 + 0.5);

    RedisServer _redis = null!;

    protected override bool TargetIsRead => false;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _redis = await RedisServer.StartAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Should_defer_the_reading_until_requests_of_the_last_epoch_have_ended()
    {
        await StartAsync();
        // The next epoch begins with the first command, regardless of the start-up time.
        (await _redis.SendAsync("DEL monarch:epoch")).ShouldNotBeNull();
        var began = TimeProvider.System.GetUtcNow();
        await SendAsync(Prepare());

        var failure = (await AnswerAsync<RepositoryMigrationDeferred>()).Failure;
        failure.Kind.ShouldBe(FailureKind.Transient);
        failure.RetryAt.ShouldNotBeNull().ShouldBeInRange(began, TimeProvider.System.GetUtcNow() + Closed);
        failure.Message.ShouldContain($"nothing is created until {failure.RetryAt:HH:mm:ss} UTC");
        GitHub.Requests().Total.ShouldBe(0);

        (await PreparedAsync()).TargetFullName.ShouldBe(Target);
        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(failure.RetryAt.Value - TimeSpan.FromSeconds(0.1));
    }

    [Theory]
    [InlineData("emptied")]
    [InlineData("restarted")]
    [InlineData("set back")]
    public async Task Should_create_nothing_twice_when_Redis_is(string how)
    {
        await StartAsync(("RUN_ISSUES", "2"));
        await PreparedAsync();
        var command = await CreateAsync(Issue(1), Issue(2), Issue(3), Issue(4));
        await KeepAsync(how);
        await SendAsync(command);
        (await AnswerAsync<IssuesCreated>()).Next.ShouldBe(2);

        await LoseDataAsync(how);
        if (how == "emptied")
        {
            command = await CreateAsync(Issue(1), Issue(2), Issue(3), Issue(4));
        }

        await SendAsync(command with { From = how == "restarted" ? 2 : 0 });
        await AnswerAsync<TargetUnread>();
        await PreparedAsync();
        await SendAsync(command);
        (await AnswersAsync<IssuesCreated>(2))[1].AlreadyThere.ShouldBe(2);
        await SendAsync(command with { From = 2 });
        (await AnswersAsync<IssuesCreated>(3))[2].Created.ShouldBe(2);
        Titles().ShouldBe(["Issue 1", "Issue 2", "Issue 3", "Issue 4"]);
    }

    [Theory]
    [InlineData("emptied")]
    [InlineData("restarted")]
    [InlineData("set back")]
    public async Task Should_find_the_post_in_flight_when_Redis_was(string how)
    {
        await StartAsync();
        await PreparedAsync();
        var command = await CreateAsync(Issue(1));
        await KeepAsync(how);
        // GitHub creates the issue late: the listing shows it when the lost answer is due.
        GitHub.Faults = new() { ListingLagMilliseconds = 400 };
        GitHub.Script(
            new()
            {
                Method = "POST",
                CarryOut = true,
                Ending = ScriptedEnding.Hang,
            }
        );
        await SendAsync(command);
        await Until.TrueAsync(() => GitHub.Repository(Target).Count == 1, "the post is in flight");

        await LoseDataAsync(how);
        await PreparedAsync();
        if (how == "emptied")
        {
            command = await CreateAsync(Issue(1));
        }

        await SendAsync(command);
        (await AnswerAsync<IssuesCreated>()).AlreadyThere.ShouldBe(1);
        Titles().ShouldBe(["Issue 1"]);
    }

    new Task StartAsync(params (string Key, string Value)[] settings) =>
        base.StartAsync([
            .. RedisDatabase.Of(_redis).Settings.Select(setting => (setting.Key, setting.Value)),
            ("GITHUB_TIMEOUT", "1"),
            ("GITHUB_SETTLE", "0.5"),
            .. settings,
        ]);

    // Like the saga: again after each deferral.
    async Task<TargetPrepared> PreparedAsync()
    {
        var (prepared, deferred) = (Published<TargetPrepared>().Count, Published<RepositoryMigrationDeferred>().Count);
        await Until.TrueAsync(
            async () =>
            {
                await SendAsync(Prepare());
                await Until.TrueAsync(
                    () => Published<TargetPrepared>().Count > prepared || Published<RepositoryMigrationDeferred>().Count > deferred,
                    "an answer"
                );
                deferred = Published<RepositoryMigrationDeferred>().Count;
                return Published<TargetPrepared>().Count > prepared;
            },
            "the target is prepared"
        );
        return Published<TargetPrepared>()[^1];
    }

    // A restarted server loads the last saved state.
    Task KeepAsync(string how) => how == "set back" ? RedisAsync("SAVE") : Task.CompletedTask;

    async Task LoseDataAsync(string how)
    {
        if (how == "emptied")
        {
            await RedisAsync("FLUSHALL");
            return;
        }

        if (how == "restarted")
        {
            await RedisAsync("SAVE");
        }

        await _redis.RestartAsync();
    }

    async Task RedisAsync(string command)
    {
        await using var cli = await ChildProcess.StartAsync("redis-cli", ["-p", $"{_redis.Port}", command]);
        (await cli.WaitForExitAsync()).ShouldBe(0, cli.Output);
    }

    IEnumerable<string> Titles() => GitHub.Repository(Target).Issues!.Select(issue => issue.Title);
}
