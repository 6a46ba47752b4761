using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

/// <summary>The behaviour of every store of dry runs.</summary>
public abstract class DryRunStoreTest : IAsyncLifetime
{
    private protected IDryRunStore Store { get; set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Should_find_nothing_under_an_unknown_id() => (await Store.FindAsync(Guid.NewGuid(), Token)).ShouldBeNull();

    [Fact]
    public async Task Should_add_up_the_plans_and_keep_them_when_the_end_is_repeated()
    {
        var id = Guid.NewGuid();
        await Store.ApplyAsync(Event(id, 0, DryRunStatus.Queued, Target(0), Target(1)), Token);
        await Store.ApplyAsync(Event(id, 2, DryRunStatus.Checking, Checked(0) with { Plan = DryRunStory.Plan(21) }), Token);
        var running = (await Store.FindAsync(id, Token))!;
        (running.RepositoryCount, running.RepositoriesChecked, running.Create, running.Writes).ShouldBe((2, 1, 3, 1));

        await Store.ApplyAsync(Event(id, 3, DryRunStatus.Completed, Checked(1) with { Plan = DryRunStory.Plan(22) }), Token);
        await Store.ApplyAsync(Event(id, 1004, DryRunStatus.Completed, Checked(0), Checked(1)), Token);

        var end = (await Store.FindAsync(id, Token))!;
        (end.Status, end.RepositoriesChecked, end.Create, end.Reads).ShouldBe((DryRunStatus.Completed, 2, 6, 10));
        end.Repositories.Select(x => x.Plan!.FullName).ShouldBe(["teams/n21", "teams/n22"]);
        end.Repositories[0].Plan!.ToCreate.ShouldBe([new(1, "one"), new(2, "two"), new(3, "three")]);
        end.Example.ShouldBe(new(1, "one", "text", false));
    }

    [Fact]
    public async Task Should_ignore_an_event_that_is_older_than_what_it_has()
    {
        var id = Guid.NewGuid();
        await Store.ApplyAsync(Event(id, 5, DryRunStatus.Completed, Checked(0)), Token);
        await Store.ApplyAsync(Event(id, 4, DryRunStatus.Checking, Target(0)), Token);

        var view = (await Store.FindAsync(id, Token))!;
        (view.Status, view.Repositories[0].Status).ShouldBe((DryRunStatus.Completed, DryRunTargetStatus.Checked));
    }

    protected static DryRunProgressed Event(Guid id, int version, DryRunStatus status, params DryRunTarget[] targets) =>
        new()
        {
            DryRunId = id,
            Version = version,
            Status = status,
            Source = "school/template",
            RequestedAt = DryRunStory.Start,
            TargetCount = 2,
            Targets = targets,
        };

    protected static DryRunTarget Target(int index) =>
        new()
        {
            Index = index,
            Requested = $"teams/{index}",
            Status = DryRunTargetStatus.Checking,
        };

    static DryRunTarget Checked(int index) => Target(index) with { Status = DryRunTargetStatus.Checked };
}
