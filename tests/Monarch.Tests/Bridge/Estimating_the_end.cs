using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

/// <summary>The account <c>a</c> creates an issue a second, <c>b</c> one in ten seconds; a creation lasts 400 ms.</summary>
public sealed class Estimating_the_end
{
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly InMemoryStatusStore _store = new();
    readonly InMemoryCredentialViews _credentials;
    readonly ExpectedEnds _ends;
    readonly Guid _batch = Guid.NewGuid();

    public Estimating_the_end()
    {
        _credentials = new(_time);
        _ends = new(_store, _credentials, _time);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_add_up_the_pending_issues_of_the_repositories()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, ("a", 20, 5), ("a", 20, 10));

        (await SecondsAsync(_batch)).ShouldBe(25);
    }

    [Fact]
    public async Task Should_count_the_interleaved_issues_of_other_migrations()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, ("a", 20, 10));
        await RunsAsync(Guid.NewGuid(), ("a", 100, 0), ("a", 4, 0), ("b", 50, 0));

        (await SecondsAsync(_batch)).ShouldBe(10 + 10 + 4);
    }

    [Fact]
    public async Task Should_count_a_repository_of_two_migrations_once()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, ("a", 20, 10));
        foreach (var update in Story(Guid.NewGuid(), ("a", 20, 10)))
        {
            await ApplyAsync(
                update is RepositoryProgressed progress ? progress with { TargetRepositoryId = 100 } : (BatchProgressed)update,
                100
            );
        }

        (await SecondsAsync(_batch)).ShouldBe(10);
    }

    [Fact]
    public async Task Should_end_when_its_slowest_account_does()
    {
        await ReportAsync("a", 1000);
        await ReportAsync("b", 10_000);
        await RunsAsync(_batch, ("a", 20, 0), ("b", 20, 12));

        (await SecondsAsync(_batch)).ShouldBe(80);
    }

    [Fact]
    public async Task Should_take_as_long_as_its_longest_repository_where_limits_do_not_bind()
    {
        await ReportAsync("a", 1);
        await RunsAsync(_batch, ("a", 20, 0), ("a", 30, 0));

        (await SecondsAsync(_batch)).ShouldBe(30 * 0.4);
    }

    [Fact]
    public async Task Should_continue_periodically_after_the_forecast()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, ("a", 250, 0));

        (await SecondsAsync(_batch)).ShouldBe(250);
    }

    [Fact]
    public async Task Should_subtract_issues_created_since_the_forecast()
    {
        await ReportAsync("a", 1000, used: 3);
        _time.Advance(7);
        await RunsAsync(_batch, ("a", 20, 7));

        (await SecondsAsync(_batch)).ShouldBe(13);
    }

    [Fact]
    public async Task Should_begin_now_when_the_account_was_idle()
    {
        await ReportAsync("a", 1000);
        _time.Advance(50);
        await RunsAsync(_batch, ("a", 20, 0));

        (await SecondsAsync(_batch)).ShouldBe(20);
    }

    [Fact]
    public async Task Should_add_waits_that_are_not_for_the_budget()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, ("a", 20, 10), ("a", 20, 10));
        await WaitAsync(100, FailureKind.Transient, 503);
        (await SecondsAsync(_batch)).ShouldBe(300 + (10 * 0.4), "the other one continues meanwhile");

        await WaitAsync(101, FailureKind.Transient, 503);
        (await SecondsAsync(_batch)).ShouldBe(300 + 20, "both wait");

        await WaitAsync(100, FailureKind.Throttled, null);
        await WaitAsync(101, FailureKind.Throttled, null);
        (await SecondsAsync(_batch)).ShouldBe(20, "the budget knows its own waits");

        Task WaitAsync(long target, FailureKind kind, int? status) =>
            _store.ApplyAsync(
                RepositoryProgress(_batch, target, "a", 20, 10) with
                {
                    Version = 9,
                    WaitingUntil = _time.GetUtcNow().AddMinutes(5),
                    Failure = new()
                    {
                        Kind = kind,
                        Message = "Wait",
                        Status = status,
                    },
                },
                Token
            );
    }

    [Fact]
    public async Task Should_use_the_reported_forecast_of_an_account_that_waits_for_the_hour()
    {
        await ReportAsync("a", 1000, hour: 500);
        _time.Advance(10);
        await RunsAsync(_batch, ("a", 20, 0));

        (await SecondsAsync(_batch)).ShouldBe(10);
    }

    [Fact]
    public async Task Should_return_null_while_no_estimate_is_possible()
    {
        await RunsAsync(_batch, ("a", 20, 5));
        (await SecondsAsync(_batch)).ShouldBeNull("no worker has reported the account");

        await ReportAsync("b", 1000);
        (await SecondsAsync(_batch)).ShouldBeNull("the account is another one");

        await ReportAsync("a", 1000);
        (await SecondsAsync(_batch)).ShouldBe(15);

        await _store.ApplyAsync(RepositoryProgress(_batch, 100, "a", 20, 5) with { Version = 9, IsPaused = true }, Token);
        (await SecondsAsync(_batch)).ShouldBeNull("it is paused");
    }

    [Fact]
    public async Task Should_assume_the_only_account_for_an_unprepared_repository()
    {
        await ReportAsync("a", 1000);
        await RunsAsync(_batch, (null, 20, 0));
        (await SecondsAsync(_batch)).ShouldBe(20);

        await ReportAsync("b", 1000);
        (await SecondsAsync(_batch)).ShouldBeNull();
    }

    async Task<double?> SecondsAsync(Guid batch) =>
        (await _ends.OfAsync((await _store.FindAsync(batch, Token))!, Token) - _time.GetUtcNow())?.TotalSeconds;

    Task ReportAsync(string account, int millisecondsApart, int used = 0, int? hour = null) =>
        _credentials.SetAsync(
            new(
                new()
                {
                    Name = $"of {account}",
                    Account = account,
                    Status = CredentialStatus.Working,
                    Since = _time.GetUtcNow(),
                    ReportedAt = _time.GetUtcNow(),
                    Budget = new()
                    {
                        UsedThisMinute = used,
                        UsedThisHour = hour ?? used,
                        HourlyPace = 500,
                        RequestsAtOnce = 20,
                    },
                },
                new()
                {
                    Milliseconds = [.. Enumerable.Range(1, 100).Select(n => n * millisecondsApart)],
                    Period = 30,
                    MillisecondsEach = 400,
                }
            ),
            Token
        );

    async Task RunsAsync(Guid batch, params (string? Account, int Total, int Created)[] repositories)
    {
        foreach (var update in Story(batch, repositories))
        {
            await ApplyAsync(update);
        }
    }

    Task<IReadOnlyList<string>> ApplyAsync(object update, long? id = null) =>
        update switch
        {
            BatchProgressed batch => _store.ApplyAsync(
                id is null ? batch : batch with { Targets = [.. batch.Targets.Select(target => target with { RepositoryId = id })] },
                Token
            ),
            _ => _store.ApplyAsync((RepositoryProgressed)update, Token),
        };

    // Each migration has its own repositories.
    IEnumerable<object> Story(Guid batch, params (string? Account, int Total, int Created)[] repositories)
    {
        var first = batch == _batch ? 100 : 200;
        yield return BatchStory.Batch(
            batch,
            1,
            BatchStatus.Migrating,
            [
                .. repositories
                    .Index()
                    .Select(repository =>
                        BatchStory.Target(
                            repository.Index,
                            $"teams/{repository.Index}",
                            RepositoryStatus.Preparing,
                            first + repository.Index
                        )
                    ),
            ]
        );
        foreach (var (index, (account, total, created)) in repositories.Index())
        {
            yield return RepositoryProgress(batch, first + index, account, total, created);
        }
    }

    static RepositoryProgressed RepositoryProgress(Guid batch, long target, string? account, int total, int created) =>
        BatchStory.RepositoryProgress(batch, target, 2, RepositoryStatus.Copying, created) with
        {
            Total = total,
            Account = account,
        };
}
