using FsCheck;
using FsCheck.Fluent;
using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>
/// With any sequence of deliveries, duplicates, crashes between saving and sending, dying workers, lost answers, wake-ups at any time and
/// rollbacks of the saga by Redis, the repository migration ends with each issue once, in order, and every migration is answered.
/// </summary>
[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Any_interleaving_of_a_repository_migration : RepositoryMigrationTest
{
    const int Issues = 7;

    int _target = 1000;

    [Fact]
    public void Should_end_with_each_issue_once() =>
        Prop.ForAll(Gen.Choose(0, 999).ArrayOf().ToArbitrary(), PlayAsync).Check(PropertyCheck.Of(cases: 80, endSize: 120));

    async Task PlayAsync(int[] steps)
    {
        var (target, other) = (_target++, NewId.NextGuid());
        var id = RepositoryMigrationId.For(SourceId, target);
        List<RepositoryMigrationState> history = [];
        var world = new RepositoryMigrationWorld(
            Issues,
            (message, messageId) => HandleAsync(message, messageId, id, history),
            async () => (await FindAsync<RepositoryMigrationState>(id))?.WakeAt,
            () => RollBackAsync(history)
        );
        MigrateRepository[] requests =
        [
            Of(Request(issues: Issues, needsFinishing: true)),
            Of(Request(other, issues: Issues, snapshot: "s2", readAfterMinutes: 1, needsFinishing: true)),
        ];
        Array.ForEach(requests, world.Deliver);

        foreach (var step in steps)
        {
            await world.PlayAsync(step);
        }

        var before = world.Sent.Count;
        await world.SettleAsync();
        // A migration without an answer repeats its request, and a saga without an answer wakes up.
        for (var i = 0; i < 20 && (world.Answered.Count < 2 || !await world.IsAtRestAsync()); i++)
        {
            Array.ForEach(requests, request => world.Deliver(request with { BatchVersion = 2 + i }));
            await world.SettleAsync();
            await world.WakeAsync();
            await world.SettleAsync();
        }

        world.Target.ShouldBe(Enumerable.Range(0, Issues));
        world.Answered.ShouldBe([Batch, other], ignoreOrder: true);
        var saga = (await FindAsync<RepositoryMigrationState>(id)).ShouldNotBeNull();
        (saga.EndedAt is not null, saga.Outstanding is null, saga.WakeAt).ShouldBe((true, true, null));
        (saga.Next, saga.Created <= Issues).ShouldBe((Issues, true), "each index in the snapshot counts once");
        world.Finished.ShouldBe(Enumerable.Range(0, Issues), ignoreOrder: true);
        // One chain: two passes of four slices each, with their preparation, and of four slices that finish.
        (world.Sent.Count - before).ShouldBeLessThanOrEqualTo(20);

        MigrateRepository Of(MigrateRepository request) => request with { RepositoryMigrationId = id, TargetRepositoryId = target };
    }

    async Task<IReadOnlyList<object>> HandleAsync(object message, Guid messageId, Guid id, List<RepositoryMigrationState> history)
    {
        var before = Sent<object>().Count;
        if (message is WakeRepositoryMigration wake)
        {
            message = wake with { RepositoryMigrationId = id };
            Time.Advance(Math.Max(0, (wake.DueAt - Time.GetUtcNow()).TotalSeconds));
        }

        var earlier = await FindAsync<RepositoryMigrationState>(id);
        await HandleAnyAsync(message, messageId);
        if (await FindAsync<RepositoryMigrationState>(id) is { } saga)
        {
            history.Add(saga);
            if (message is IssuesCreated slice)
            {
                (saga.Created - earlier!.Created).ShouldBe(earlier.Awaits(slice.CommandId) ? slice.Created : 0, "an answer counts once");
            }
        }

        return [.. Sent<object>().Skip(before)];
    }

    Task RollBackAsync(List<RepositoryMigrationState> history) =>
        history is [.., var earlier, _] ? RestoreAsync(earlier) : Task.CompletedTask;
}
