using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Repositories;

/// <summary>Forty concurrent commands share the points of a minute: the progress of each must be kept, or none finishes.</summary>
public sealed class Preparing_many_targets_in_steps
{
    const int Targets = 40;

    readonly FakeTimeProvider _time = FakeTime.New();

    /// <summary>As documented in docs/how-it-works.md.</summary>
    static readonly TimeSpan Documented = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(50, 50, 0)]
    [InlineData(50, 0, 50)]
    [InlineData(2500, 0, 0)]
    public Task Should_finish_for_any_number_of_deleted_moved_or_listed_copies(int issues, int deleted, int moved) =>
        Task.Run(
            async () =>
            {
                var gitHub = new ModelTargets(issues, deleted, moved);
                var crowd = new BudgetCrowd(_time);
                var work = Enumerable.Range(1, Targets).Select(target => PrepareAsync(target, gitHub, crowd)).ToList();
                await crowd.PlayAsync(() => work.TrueForAll(task => task.IsCompleted) || _time.GetUtcNow() > FakeTime.Start.AddHours(4));

                work.Count(task => task.IsCompletedSuccessfully).ShouldBe(Targets);
                (_time.GetUtcNow() - FakeTime.Start).ShouldBeLessThan(Documented);
                TestContext.Current.SendDiagnosticMessage(
                    $"{issues} issues, {deleted} deleted, {moved} moved: {_time.GetUtcNow() - FakeTime.Start}, {gitHub.Requests} requests"
                );
            },
            TestContext.Current.CancellationToken
        );

    // Like the saga.
    async Task PrepareAsync(long target, ModelTargets gitHub, BudgetCrowd crowd)
    {
        var (ledger, preparer) = Preparer.Of(gitHub, crowd, _time);
        var key = new LedgerKey(11, target);
        await ledger.SetCreatedAsync(key, gitHub.Copies, CancellationToken.None);
        var command = Preparer.Command(key);
        while (true)
        {
            var answer = await Preparer.AnswerAsync(preparer, command);
            if (answer is TargetPreparation.Prepared)
            {
                (await ledger.GetCreatedAsync(key, CancellationToken.None)).ShouldBe(gitHub.Left, ignoreOrder: true);
                return;
            }

            var deferred = answer.ShouldBeOfType<TargetPreparation.Deferred>();
            command = command with { Place = deferred.Place ?? command.Place };
            await crowd.SleepUntilAsync(deferred.Failure.RetryAt!.Value);
        }
    }
}
