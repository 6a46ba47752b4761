using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Keeping_dry_runs_in_memory : DryRunStoreTest
{
    readonly FakeTimeProvider _time = FakeTime.New();

    public override ValueTask InitializeAsync()
    {
        Store = new InMemoryDryRunStore(_time);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Should_forget_a_dry_run_24_hours_after_its_last_change()
    {
        var id = Guid.NewGuid();
        await Store.ApplyAsync(Event(id, 0, DryRunStatus.Queued, Target(0)), Token);
        _time.Advance(TimeSpan.FromHours(1));
        await Store.ApplyAsync(Event(id, 1, DryRunStatus.Completed, Target(0)), Token);
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await Store.FindAsync(id, Token)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(1));
        (await Store.FindAsync(id, Token)).ShouldBeNull();
    }
}
