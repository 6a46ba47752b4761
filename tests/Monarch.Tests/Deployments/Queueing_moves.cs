using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Queueing_moves : ServerTest
{
    [Fact]
    public async Task Should_wait_for_the_quiet_period_after_each_move()
    {
        await MoveAsync(1);
        Time.Advance(100);
        await MoveAsync(2);

        (Shown.State, Shown.DueAt).ShouldBe((ServerStatus.Settling, Time.GetUtcNow().AddSeconds(120)));
        (await SagaAsync()).WakeAt.ShouldBe(Shown.DueAt);
    }

    [Fact]
    public async Task Should_not_wait_longer_than_the_maximum()
    {
        var first = Time.GetUtcNow();
        for (var number = 1; number <= 10; number++)
        {
            await MoveAsync(number);
            Time.Advance(90);
        }

        Shown.DueAt.ShouldBe(first.AddSeconds(900));
    }

    [Fact]
    public async Task Should_fold_moves_of_one_issue()
    {
        await MoveAsync(7);
        Time.Advance(10);
        await MoveAsync(7);

        Queued().ShouldBe("7");
        Shown.DueAt.ShouldBe(Time.GetUtcNow().AddSeconds(120));
    }

    [Fact]
    public async Task Should_ignore_a_redelivered_move()
    {
        var movedAt = Time.GetUtcNow();
        await MoveAsync(7);
        var due = Shown.DueAt;
        Time.Advance(60);

        await MoveAtAsync(movedAt, 7);

        (Queued(), Shown.DueAt).ShouldBe(("7", due));
        Shown.SavedIntakeIds.ShouldBe(["7-0"], "the Bridge learns again that it is saved");
    }

    [Fact]
    public async Task Should_queue_moves_from_services_on_the_bus()
    {
        await MoveAsync(2);
        await HandleAsync(
            new IssueMoved
            {
                IssueId = "abc-1",
                Status = IssueStatus.Test,
                MovedAt = Time.GetUtcNow(),
            }
        );

        Queued().ShouldBe("1 2");
        (Shown.Server, Shown.Project).ShouldBe(("test.abc.wwts.com", "ABC"));
    }

    [Fact]
    public async Task Should_fault_a_move_whose_issue_is_not_one()
    {
        var fault = await Should.ThrowAsync<Exception>(() =>
            HandleAsync(
                new IssueMoved
                {
                    IssueId = "ABC-1; rm -rf /",
                    Status = IssueStatus.Test,
                    MovedAt = Time.GetUtcNow(),
                }
            )
        );

        fault.ToString().ShouldContain("is not the id of an issue");
        await MoveAsync(1);
        Queued().ShouldBe("1");
    }

    [Fact]
    public async Task Should_deploy_issues_moved_after_the_start_in_the_next_deployment()
    {
        await DeployAsync(1, 2);
        Time.Advance(10);
        await MoveAsync(2, 3);
        await EndAsync(DeploymentOutcome.Succeeded);

        Queued().ShouldBe("2 3");
        await WakeAsync();
        Numbers(Requested[^1]).ShouldBe("2 3");
    }

    [Fact]
    public async Task Should_ignore_a_late_move_that_a_successful_deployment_has_overtaken()
    {
        var before = Time.GetUtcNow();
        await DeployAsync(1);
        await EndAsync(DeploymentOutcome.Succeeded);
        Shown.State.ShouldBe(ServerStatus.Idle);

        // It was made before the deployment started, and is delivered half an hour late.
        await MoveAtAsync(before.AddSeconds(60), 1);

        (Shown.State, Queued()).ShouldBe((ServerStatus.Idle, ""));
    }

    [Fact]
    public async Task Should_not_ignore_a_late_move_when_the_deployment_failed()
    {
        var before = Time.GetUtcNow();
        await DeployAsync(1);
        await EndAsync(DeploymentOutcome.Failed);

        await MoveAtAsync(before.AddSeconds(60), 1);

        Queued().ShouldBe("1");
    }

    [Fact]
    public async Task Should_deploy_an_issue_again_that_is_moved_after_its_deployment()
    {
        await DeployAsync(1);
        await EndAsync(DeploymentOutcome.Succeeded);
        Time.Advance(1);

        await MoveAsync(1);

        Queued().ShouldBe("1");
    }

    [Fact]
    public async Task Should_recognise_a_redelivered_move_whose_clock_is_ahead()
    {
        var move = new IssueMoved
        {
            IssueId = "ABC-1",
            Status = IssueStatus.Test,
            MovedAt = Time.GetUtcNow().AddHours(1),
        };
        await HandleAsync(move);
        await WakeAsync();
        await StartAsync();
        await EndAsync(DeploymentOutcome.Succeeded);
        Time.Advance(60);

        await HandleAsync(move);
        (Shown.State, Queued()).ShouldBe((ServerStatus.Idle, ""));
        Time.Advance(7200);
        await HandleAsync(move);
        (Shown.State, Queued()).ShouldBe((ServerStatus.Idle, ""), "it is in the past by now");

        await HandleAsync(move with { MovedAt = move.MovedAt.AddSeconds(1) });
        Queued().ShouldBe("1", "another move counts");
    }

    [Fact]
    public async Task Should_correct_a_time_in_the_future()
    {
        await MoveAtAsync(Time.GetUtcNow().AddYears(1), 1);
        await WakeAsync();
        await StartAsync();
        await EndAsync(DeploymentOutcome.Succeeded);
        Time.Advance(1);

        await MoveAsync(1);

        Queued().ShouldBe("1", "the next move of the issue counts");
    }
}
