using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;
using static Monarch.Tests.Bridge.BatchStory;

namespace Monarch.Tests.Bridge;

/// <summary>The behaviour of every implementation of the read model.</summary>
public abstract class StatusStoreTest : IAsyncLifetime
{
    private protected IStatusStore Store { get; set; } = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Should_show_what_is_copied_but_not_in_lists()
    {
        var batch = Guid.NewGuid();
        var copy = new CopyOptions
        {
            Update = false,
            AssigneeMap = new Dictionary<string, string> { ["Jane"] = "doe" },
            Issues = new() { Numbers = [new(1, 20)], Since = Start },
        };
        await TellAsync([((BatchProgressed)Events(batch)[0]) with { Copy = copy }]);

        var shown = (await FindAsync(batch)).Copy.ShouldNotBeNull();
        (shown.Update, shown.Labels).ShouldBe((false, null));
        shown.AssigneeMap.ShouldNotBeNull().ShouldBe(copy.AssigneeMap);
        shown.Issues.ShouldNotBeNull().Numbers.ShouldBe([new(1, 20)]);
        shown.Issues.Since.ShouldBe(Start);
        (await Store.ListAsync(0, 10, Token)).ShouldHaveSingleItem().Copy.ShouldBeNull();
    }

    [Fact]
    public async Task Should_show_the_final_state()
    {
        var batch = Guid.NewGuid();
        await TellAsync(Events(batch));

        var view = await FindAsync(batch);

        (view.Status, view.RepositoryCount, view.RepositoriesEnded, view.IssueCount).ShouldBe(
            (BatchStatus.CompletedWithFailures, 4, 4, 12)
        );
        (view.Source, view.NotificationChannel, view.RequestedAt, view.EndedAt).ShouldBe(
            ("School/Template", "C06GHMZB3M3", Start, Start.AddMinutes(3))
        );
        (view.WaitingUntil, view.Failure).ShouldBe((null, null));
        view.Repositories!.Select(repository =>
                (
                    repository.Requested,
                    repository.FullName,
                    repository.Status,
                    repository.Created,
                    repository.AlreadyThere,
                    repository.Rejected
                )
            )
            .ShouldBe([
                ("teams/one", "Teams/One", RepositoryStatus.Completed, 9, 3, 0),
                ("teams/two", "Teams/Two", RepositoryStatus.CompletedWithFailures, 10, 0, 2),
                ("teams/gone", null, RepositoryStatus.Failed, 0, 0, 0),
                ("teams/uno", "Teams/One", RepositoryStatus.SameAsAnother, 0, 0, 0),
            ]);
        view.Repositories![1]
            .RejectedIssues.Select(issue => (issue.Number, issue.Title, issue.Failure.Message))
            .ShouldBe([(4, "Fourth", "Validation failed"), (11, "Eleventh", "Validation failed")]);
        view.Repositories![2].Failure!.Remedy.ShouldBe("Check the name.");
    }

    [Fact]
    public async Task Should_report_each_end_and_the_first_issue_once()
    {
        var batch = Guid.NewGuid();
        var running = Batch(
            batch,
            1,
            BatchStatus.Migrating,
            Target(0, "teams/one", RepositoryStatus.Copying, 101),
            Target(1, "teams/two", RepositoryStatus.Copying, 102)
        );
        var ended = Batch(
            batch,
            2,
            BatchStatus.Completed,
            Target(0, "teams/one", RepositoryStatus.Completed, 101),
            Target(1, "teams/two", RepositoryStatus.Failed, 102)
        ) with
        {
            EndedAt = Start,
        };
        (await Store.ApplyAsync(running, Token)).ShouldBeEmpty();
        (await Store.ApplyAsync(RepositoryProgress(batch, 101, 1, RepositoryStatus.Preparing, created: 0), Token)).ShouldBeEmpty();
        (await Store.ApplyAsync(RepositoryProgress(batch, 101, 2, RepositoryStatus.Copying, created: 1), Token)).ShouldBe([
            "reached:issue",
        ]);
        (await Store.ApplyAsync(RepositoryProgress(batch, 102, 2, RepositoryStatus.Copying, created: 0), Token)).ShouldBeEmpty();
        (await Store.ApplyAsync(RepositoryProgress(batch, 102, 3, RepositoryStatus.Copying, created: 5), Token)).ShouldBeEmpty();

        var reached = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Store.ApplyAsync(ended, Token)));
        reached.SelectMany(x => x).ShouldBe(["reached:end", "reached:end:0", "reached:end:1"], ignoreOrder: true);
        (await Store.ApplyAsync(running, Token)).ShouldBeEmpty("it is older");

        // A retry of the second repository ends once more.
        await Store.ApplyAsync(Batch(batch, 3, BatchStatus.Migrating, Target(1, "teams/two", RepositoryStatus.Copying, 102)), Token);
        (await Store.ApplyAsync(ended with { Version = 4 }, Token)).ShouldBe(["reached:end", "reached:end:1"], ignoreOrder: true);
        (await FindAsync(batch)).Repositories!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_show_the_same_state_for_any_order_and_duplicates_of_events()
    {
        var batch = Guid.NewGuid();
        await TellAsync(Events(batch));
        var expected = Show(await FindAsync(batch), batch);

        for (var seed = 0; seed < 40; seed++)
        {
            var other = Guid.NewGuid();
            var random = new Random(seed);
            var events = Events(other).SelectMany(e => Enumerable.Repeat(e, random.Next(1, 4))).ToArray();
            random.Shuffle(events);
            await TellAsync(events);
            Show(await FindAsync(other), other).ShouldBe(expected, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Should_find_several_migrations_in_one_call()
    {
        Guid[] batches = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var batch in batches)
        {
            await Store.ApplyAsync(Batch(batch, 1, BatchStatus.Migrating, Target(0, "teams/one", RepositoryStatus.Copying, 101)), Token);
        }

        var views = await Store.FindAsync([.. batches, Guid.NewGuid()], Token);

        views.Select(view => view.Id).ShouldBe(batches, ignoreOrder: true);
        views.ShouldAllBe(view => view.Repositories!.Count == 1);
        (await Store.FindAsync([], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_never_let_an_older_version_win()
    {
        var batch = Guid.NewGuid();
        await Store.ApplyAsync(Batch(batch, 7, BatchStatus.Migrating, Target(0, "teams/one", RepositoryStatus.Copying, 101)), Token);
        await Store.ApplyAsync(RepositoryProgress(batch, 101, 12, RepositoryStatus.Copying, created: 8), Token);

        await Store.ApplyAsync(Batch(batch, 6, BatchStatus.ReadingSource, Target(0, "teams/one", RepositoryStatus.Resolving)), Token);
        await Store.ApplyAsync(RepositoryProgress(batch, 101, 9, RepositoryStatus.Preparing, created: 2), Token);

        var view = await FindAsync(batch);
        view.Status.ShouldBe(BatchStatus.Migrating);
        view.Repositories.ShouldHaveSingleItem().Created.ShouldBe(8);
    }

    [Fact]
    public async Task Should_keep_an_ended_repository_unchanged_by_later_progress()
    {
        var batch = Guid.NewGuid();
        await Store.ApplyAsync(
            Batch(
                batch,
                3,
                BatchStatus.Completed,
                Target(0, "teams/one", RepositoryStatus.Completed, 101) with
                {
                    Created = 12,
                    Total = 12,
                }
            ),
            Token
        );

        await Store.ApplyAsync(RepositoryProgress(batch, 101, 999, RepositoryStatus.Preparing, created: 0), Token);

        var repository = (await FindAsync(batch)).Repositories.ShouldHaveSingleItem();
        (repository.Status, repository.Created, repository.Total).ShouldBe((RepositoryStatus.Completed, 12, 12));
    }

    [Fact]
    public async Task Should_show_a_wait_while_it_lasts_and_not_afterwards()
    {
        var batch = Guid.NewGuid();
        var until = Start.AddMinutes(30);
        await Store.ApplyAsync(Batch(batch, 1, BatchStatus.Migrating, Target(0, "teams/one", RepositoryStatus.Preparing, 101)), Token);
        await Store.ApplyAsync(
            RepositoryProgress(batch, 101, 2, RepositoryStatus.Copying, created: 5) with
            {
                WaitingUntil = until,
                Failure = new() { Kind = FailureKind.Throttled, Message = "Slow down" },
            },
            Token
        );

        var waiting = (await FindAsync(batch)).Repositories.ShouldHaveSingleItem();
        (waiting.WaitingUntil, waiting.Failure!.Message, waiting.Created).ShouldBe((until, "Slow down", 5));

        await Store.ApplyAsync(RepositoryProgress(batch, 101, 3, RepositoryStatus.Copying, created: 6), Token);
        var running = (await FindAsync(batch)).Repositories.ShouldHaveSingleItem();
        (running.WaitingUntil, running.Failure).ShouldBe((null, null));
    }

    [Fact]
    public async Task Should_return_null_for_an_unknown_migration()
    {
        var batch = Guid.NewGuid();
        (await Store.FindAsync(batch, Token)).ShouldBeNull();

        // A repository event alone does not contain the request.
        await Store.ApplyAsync(RepositoryProgress(batch, 101, 1, RepositoryStatus.Preparing, created: 0), Token);
        (await Store.FindAsync(batch, Token)).ShouldBeNull();
        (await Store.ListAsync(0, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_list_the_newest_first()
    {
        // As the Bridge generates them: later ids are greater.
        var batches = Enumerable
            .Range(0, 7)
            .Select(n => (Id: Guid.CreateVersion7(Start.AddSeconds(n)), At: Start.AddSeconds(n / 2)))
            .ToList();
        foreach (var n in (int[])[3, 0, 6, 1, 5, 2, 4])
        {
            var (id, at) = batches[n];
            await Store.ApplyAsync(
                Batch(id, 1, BatchStatus.Queued, Target(0, "teams/one", RepositoryStatus.Resolving)) with
                {
                    RequestedAt = at,
                },
                Token
            );
        }

        // A change does not affect the order.
        await Store.ApplyAsync(Batch(batches[0].Id, 2, BatchStatus.ReadingSource) with { RequestedAt = batches[0].At }, Token);

        var expected = batches.Select(batch => batch.Id).Reverse().ToList();
        var listed = await Store.ListAsync(0, 50, Token);
        listed.Select(view => view.Id).ShouldBe(expected);
        listed.ShouldAllBe(view => view.Repositories == null && view.RepositoryCount == 4);
        (await Store.ListAsync(2, 3, Token)).Select(view => view.Id).ShouldBe(expected.Skip(2).Take(3));
        (await Store.ListAsync(7, 3, Token)).ShouldBeEmpty();
    }

    async Task TellAsync(IEnumerable<object> events)
    {
        foreach (var e in events)
        {
            await (e is BatchProgressed batch ? Store.ApplyAsync(batch, Token) : Store.ApplyAsync((RepositoryProgressed)e, Token));
        }
    }

    private protected async Task<MigrationView> FindAsync(Guid batch) => (await Store.FindAsync(batch, Token)).ShouldNotBeNull();

    static string Show(MigrationView view, Guid batch) =>
        JsonSerializer.Serialize(view, ApiJson.Default.MigrationView).Replace($"{batch}", "the batch", StringComparison.Ordinal);
}
