using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Deploying_a_server : ServerTest
{
    [Fact]
    public async Task Should_remove_exactly_what_was_deployed()
    {
        var run = await DeployAsync(11, 13);
        (Shown.State, Shown.Deployment!.Command).ShouldBe(
            (ServerStatus.Deploying, "python -m wwts.devops.deploy test.abc.wwts.com ABC-11 ABC-13")
        );

        await EndAsync(DeploymentOutcome.Succeeded);

        Numbers(run).ShouldBe("11 13");
        (Shown.State, Queued(), Shown.Deployment).ShouldBe((ServerStatus.Idle, "", null));
        (Shown.Ended[0].Outcome, Shown.Ended[0].Output[0]).ShouldBe((DeploymentOutcome.Succeeded, "the last line"));
        var saga = await SagaAsync();
        (saga.WakeAt, saga.EndedAt is not null).ShouldBe((null, true));
    }

    [Fact]
    public async Task Should_retry_after_a_growing_delay_then_wait_for_a_person()
    {
        Deployments.Retries = 2;
        await DeployAsync(1);
        await EndAsync(DeploymentOutcome.Failed, "exited with code 3");
        (Shown.State, Shown.DueAt - Time.GetUtcNow() >= TimeSpan.FromSeconds(60)).ShouldBe((ServerStatus.Retrying, true));

        await WakeAsync();
        await StartAsync();
        await EndAsync(DeploymentOutcome.Failed, "exited with code 3");
        (Shown.DueAt - Time.GetUtcNow() >= TimeSpan.FromSeconds(120)).ShouldBeTrue();

        await WakeAsync();
        await StartAsync();
        await EndAsync(DeploymentOutcome.Failed, "exited with code 4");

        (Shown.State, Shown.Pause!.Kind, Shown.Pause.Reason).ShouldBe((ServerStatus.Paused, PauseKind.Failed, "exited with code 4"));
        Queued().ShouldBe("1");
        (await SagaAsync()).WakeAt.ShouldBeNull();
        await MoveAsync(2);
        (await SagaAsync()).WakeAt.ShouldBeNull("it stays paused, and keeps what is moved");
        Queued().ShouldBe("1 2");
    }

    [Fact]
    public async Task Should_include_issues_that_are_moved_while_it_waits()
    {
        await MoveAsync(1);
        await WakeAsync();
        await HandleAsync(new DeploymentDeferred { ServerId = Server, DeploymentId = Requested[^1].DeploymentId });
        Shown.State.ShouldBe(ServerStatus.Waiting);
        await MoveAsync(2);

        await WakeAsync();

        Requested.Count.ShouldBe(2);
        (Numbers(Requested[1]), Requested[1].DeploymentId).ShouldBe(("1 2", Requested[0].DeploymentId));
    }

    [Fact]
    public async Task Should_count_the_issues_of_the_command_as_deployed()
    {
        await MoveAsync(1);
        await WakeAsync();
        var first = Requested[^1];
        await HandleAsync(new DeploymentDeferred { ServerId = Server, DeploymentId = first.DeploymentId });
        await MoveAsync(2);
        await WakeAsync();

        // The broker redelivers the first command, which acquires the lease.
        await HandleAsync(
            new DeploymentStarted
            {
                ServerId = Server,
                DeploymentId = first.DeploymentId,
                StartedAt = Time.GetUtcNow(),
                Issues = first.Issues,
            }
        );
        await HandleAsync(Ended(first, DeploymentOutcome.Succeeded));

        Queued().ShouldBe("2");
    }

    [Fact]
    public async Task Should_count_the_issues_of_the_command_when_its_start_was_read_from_the_lease()
    {
        await MoveAsync(1);
        await WakeAsync();
        var first = Requested[^1];
        await MoveAsync(2);
        await WakeAsync();
        Numbers(Requested[^1]).ShouldBe("1 2");
        (
            await Leases.TryAcquireAsync(Server, first.DeploymentId, first.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.Acquired);
        await HandleAsync(new WakeServer { ServerId = Server, DueAt = (await SagaAsync()).WakeAt!.Value });
        Shown.State.ShouldBe(ServerStatus.Deploying);

        await HandleAsync(
            new DeploymentStarted
            {
                ServerId = Server,
                DeploymentId = first.DeploymentId,
                StartedAt = Time.GetUtcNow(),
                Issues = first.Issues,
            }
        );
        Shown.Deployment!.Issues.Count.ShouldBe(1);
        await HandleAsync(Ended(first, DeploymentOutcome.Succeeded));

        Queued().ShouldBe("2");
    }

    [Fact]
    public async Task Should_distinguish_waiting_from_a_lost_command()
    {
        await MoveAsync(1);
        await WakeAsync();
        for (var i = 0; i < 20; i++)
        {
            await HandleAsync(new DeploymentDeferred { ServerId = Server, DeploymentId = Requested[^1].DeploymentId });
            await WakeAsync();
        }

        ((await SagaAsync()).WakeAt - Time.GetUtcNow() <= TimeSpan.FromMinutes(5)).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_withdraw_a_waiting_deployment_when_running_is_switched_off()
    {
        await MoveAsync(1);
        await WakeAsync();
        var run = Requested[^1];
        Deployments.Run = false;

        await WakeAsync();
        await WakeAsync();

        (Shown.State, Requested.Count).ShouldBe((ServerStatus.Prepared, 1));
        (
            await Leases.TryAcquireAsync(Server, run.DeploymentId, run.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.HasEnded);
    }

    [Fact]
    public async Task Should_withdraw_a_waiting_deployment_when_its_issues_are_dropped()
    {
        await MoveAsync(1);
        await WakeAsync();
        await SteerAsync(SteeringKind.Drop);

        await WakeAsync();

        (Shown.State, Requested.Count).ShouldBe((ServerStatus.Idle, 1));
    }

    [Fact]
    public async Task Should_send_the_command_again_when_it_is_lost()
    {
        await MoveAsync(1);
        await WakeAsync();

        await WakeAsync();

        Requested.Count.ShouldBe(2);
        Requested[1].DeploymentId.ShouldBe(Requested[0].DeploymentId);
    }

    [Theory]
    [InlineData(DeploymentOutcome.Succeeded, ServerStatus.Idle)]
    [InlineData(DeploymentOutcome.Failed, ServerStatus.Paused)]
    public async Task Should_publish_the_end_again_soon_because_the_first_time_may_be_lost(DeploymentOutcome outcome, ServerStatus state)
    {
        Deployments.Retries = 0;
        var run = await DeployAsync(1);
        await HandleAsync(Ended(run, outcome));
        var (first, at) = (Shown, Time.GetUtcNow());

        await WakeAsync();

        (Shown.State, Shown.Version > first.Version, Time.GetUtcNow() - at <= TimeSpan.FromSeconds(10)).ShouldBe((state, true, true));
        (Shown.Ended.Count, Requested.Count, (await SagaAsync()).WakeAt).ShouldBe((1, 1, null));
    }

    [Fact]
    public async Task Should_publish_again_an_end_that_was_read_from_the_lease()
    {
        await DeployAsync(1);
        Time.Advance(31);
        await HandleAsync(new WakeServer { ServerId = Server, DueAt = (await SagaAsync()).WakeAt!.Value });
        var first = Shown;

        await WakeAsync();

        (Shown.State, Shown.Version > first.Version, (await SagaAsync()).WakeAt).ShouldBe((ServerStatus.Paused, true, null));
    }

    [Fact]
    public async Task Should_publish_again_that_a_failure_is_retried_long_before_the_retry()
    {
        Deployments.RetryDelaySeconds = 3600;
        var run = await DeployAsync(1);
        await HandleAsync(Ended(run, DeploymentOutcome.Failed));
        await WakeAsync();

        (Shown.State, Requested.Count).ShouldBe((ServerStatus.Retrying, 1));
        await WakeAsync();
        Requested.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_send_the_command_again_while_it_runs()
    {
        var run = await DeployAsync(1);
        for (var i = 0; i < 5; i++)
        {
            (await Leases.RenewAsync(Server, run.DeploymentId, TestContext.Current.CancellationToken)).ShouldBe(LeaseRenewal.Renewed);
            Time.Advance(20);
            await HandleAsync(new WakeServer { ServerId = Server, DueAt = (await SagaAsync()).WakeAt!.Value });
        }

        (Requested.Count, Shown.State).ShouldBe((1, ServerStatus.Deploying));
    }

    [Fact]
    public async Task Should_detect_an_end_whose_message_is_lost()
    {
        var run = await DeployAsync(1);
        await Leases.EndAsync(Ended(run, DeploymentOutcome.Succeeded), TestContext.Current.CancellationToken);

        await WakeAsync();

        Shown.State.ShouldBe(ServerStatus.Idle);
    }

    [Fact]
    public async Task Should_detect_a_start_whose_message_is_lost()
    {
        await MoveAsync(1);
        await WakeAsync();
        var run = Requested[^1];
        (
            await Leases.TryAcquireAsync(Server, run.DeploymentId, run.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.Acquired);

        Time.Advance(10);
        await HandleAsync(new WakeServer { ServerId = Server, DueAt = (await SagaAsync()).WakeAt!.Value });

        (Shown.State, Requested.Count).ShouldBe((ServerStatus.Deploying, 1));
    }

    [Fact]
    public async Task Should_wait_for_a_person_when_its_runner_is_lost()
    {
        var run = await DeployAsync(1);
        Time.Advance(31);

        await WakeAsync();

        (Shown.State, Shown.Pause!.Kind, Queued()).ShouldBe((ServerStatus.Paused, PauseKind.Interrupted, "1"));
        await HandleAsync(Ended(run, DeploymentOutcome.Succeeded));
        Shown.Pause.ShouldNotBeNull("a result that comes after its lease has ended is not believed");
    }

    [Fact]
    public async Task Should_rerun_an_interrupted_deployment_a_minute_after_its_lease_if_configured()
    {
        Deployments.Rerun = true;
        await DeployAsync(1);
        Time.Advance(31);
        await WakeAsync();
        var interruptedAt = Time.GetUtcNow();

        Shown.State.ShouldBe(ServerStatus.Settling);
        await RepeatAsync();
        await WakeAsync();

        (Time.GetUtcNow() - interruptedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
        (Requested.Count, Requested[1].Number > Requested[0].Number).ShouldBe((2, true));
    }

    [Fact]
    public async Task Should_not_repeat_a_started_deployment_when_Redis_loses_the_lease()
    {
        Deployments.Rerun = false;
        await MoveAsync(1);
        await WakeAsync();
        var run = Requested[^1];
        await HandleAsync(
            new DeploymentStarted
            {
                ServerId = Server,
                DeploymentId = run.DeploymentId,
                StartedAt = Time.GetUtcNow(),
                Issues = run.Issues,
            }
        );

        await WakeAsync();

        (Requested.Count, Shown.Pause!.Kind).ShouldBe((1, PauseKind.Interrupted));
        (
            await Leases.TryAcquireAsync(Server, run.DeploymentId, run.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.HasEnded);
    }

    [Fact]
    public async Task Should_send_the_command_again_after_a_restart_that_lost_it()
    {
        await MoveAsync(1);
        await WakeAsync();

        await HandleAsync(
            new WakeServer
            {
                ServerId = Server,
                DueAt = Time.GetUtcNow(),
                IsRestart = true,
            }
        );

        Requested.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_deploy_early_after_a_restart()
    {
        await MoveAsync(1);

        await HandleAsync(
            new WakeServer
            {
                ServerId = Server,
                DueAt = Time.GetUtcNow(),
                IsRestart = true,
            }
        );

        Requested.ShouldBeEmpty();
    }
}
