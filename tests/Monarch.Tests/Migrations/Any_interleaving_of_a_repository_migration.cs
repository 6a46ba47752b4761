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
/// Whatever happens in whatever order (deliveries, duplicates, deaths between saving and sending, workers that die, answers that
/// are lost, wake-ups at any time, a Redis that takes the saga back), the pair ends with each issue once, in order, and every
/// batch is answered.
/// </summary>
[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Any_interleaving_of_a_repository_migration : RepositoryMigrationTest
{
    const int Issues = 7;

    int _target = 1000;

    [Fact]
    public void Should_end_with_each_issue_once() =>
        Prop.ForAll(Gen.Choose(0, 999).ArrayOf().ToArbitrary(), PlayAsync)
            .Check(PropertyCheck.Of(cases: 80, endSize: 120));

    async Task PlayAsync(int[] happenings)
    {
        var (target, other) = (_target++, NewId.NextGuid());
        var pair = RepositoryMigrationId.For(SourceId, target);
        List<RepositoryMigrationState> history = [];
        var world = new RepositoryMigrationWorld(Issues, (message, id) => HandleAsync(message, id, pair, history), async () => (await FindAsync<RepositoryMigrationState>(pair))?.WakeAt, () => RollBackAsync(history));
        MigrateRepository[] requests = [Of(Request(issues: Issues)), Of(Request(other, issues: Issues, snapshot: "s2", readAfterMinutes: 1))];
        Array.ForEach(requests, world.Tell);

        foreach (var happening in happenings)
        {
            await world.PlayAsync(happening);
        }

        var before = world.Sent.Count;
        await world.SettleAsync();
        // A batch that hears nothing asks again, and a saga that hears nothing wakes up.
        for (var i = 0; i < 20 && (world.Answered.Count < 2 || !await world.IsAtRestAsync()); i++)
        {
            Array.ForEach(requests, request => world.Tell(request with { BatchVersion = 2 + i }));
            await world.SettleAsync();
            await world.WakeAsync();
            await world.SettleAsync();
        }

        world.Target.ShouldBe(Enumerable.Range(0, Issues));
        world.Answered.ShouldBe([Batch, other], ignoreOrder: true);
        var saga = (await FindAsync<RepositoryMigrationState>(pair)).ShouldNotBeNull();
        (saga.EndedAt is not null, saga.Outstanding is null, saga.WakeAt).ShouldBe((true, true, null));
        (saga.Next, saga.Created <= Issues).ShouldBe((Issues, true), "each place in the snapshot counts once");
        // One chain: two passes of four runs each, and what prepares them.
        (world.Sent.Count - before).ShouldBeLessThanOrEqualTo(12);

        MigrateRepository Of(MigrateRepository request) => request with { RepositoryMigrationId = pair, TargetRepositoryId = target };
    }

    async Task<IReadOnlyList<object>> HandleAsync(object message, Guid id, Guid pair, List<RepositoryMigrationState> history)
    {
        var before = Sent<object>().Count;
        if (message is WakeRepositoryMigration wake)
        {
            message = wake with { RepositoryMigrationId = pair };
            Time.Advance(Math.Max(0, (wake.DueAt - Time.GetUtcNow()).TotalSeconds));
        }

        var earlier = await FindAsync<RepositoryMigrationState>(pair);
        await HandleAnyAsync(message, id);
        if (await FindAsync<RepositoryMigrationState>(pair) is { } saga)
        {
            history.Add(saga);
            if (message is IssuesCreated run)
            {
                (saga.Created - earlier!.Created).ShouldBe(earlier.Awaits(run.CommandId) ? run.Created : 0, "an answer counts once");
            }
        }

        return [.. Sent<object>().Skip(before)];
    }

    Task RollBackAsync(List<RepositoryMigrationState> history) =>
        history is [.., var earlier, _] ? RestoreAsync(earlier) : Task.CompletedTask;
}
