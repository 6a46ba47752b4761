using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Steering_a_server : ServerTest
{
    string? Refusal => Shown.Commands[0].Refusal;

    [Fact]
    public async Task Should_deploy_immediately_on_command()
    {
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Deploy);

        Numbers(Requested.ShouldHaveSingleItem()).ShouldBe("1");
        (Refusal, Shown.Commands[0].Actor, Shown.Commands[0].Reason).ShouldBe((null, "ann", "because"));
    }

    [Fact]
    public async Task Should_refuse_to_deploy_an_empty_queue()
    {
        await SteerAsync(SteeringKind.Deploy);

        (Requested.Count, Refusal).ShouldBe((0, "Nothing is queued for it."));
        (await SagaAsync()).EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_hold_until_it_is_resumed()
    {
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Hold);
        (await SagaAsync()).WakeAt.ShouldBeNull();
        await SteerAsync(SteeringKind.Deploy);
        Refusal.ShouldBe("ann holds it: because. Resume it first.");
        Time.Advance(10_000);

        await SteerAsync(SteeringKind.Resume);
        await WakeAsync();

        Requested.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_publish_again_that_a_hold_has_ended()
    {
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow().AddHours(2));
        await HandleAsync(new WakeServer { ServerId = Server, DueAt = (await SagaAsync()).WakeAt!.Value });
        var first = Shown;

        await WakeAsync();

        (Shown.State, Shown.Version > first.Version, (await SagaAsync()).WakeAt).ShouldBe((ServerStatus.Idle, true, null));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Should_hold_for_the_requested_time_despite_a_wrong_clock_of_the_Bridge(int hours)
    {
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow().AddHours(hours), holdFor: TimeSpan.FromMinutes(10));

        (Refusal, Shown.State).ShouldBe((null, ServerStatus.Paused));
        (Shown.Hold!.Until!.Value - Time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.01));
    }

    [Fact]
    public async Task Should_hold_until_a_time()
    {
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow().AddHours(2));
        (Shown.State, Shown.Hold!.Until).ShouldBe((ServerStatus.Paused, Time.GetUtcNow().AddHours(2)));

        await WakeAsync();

        (Time.GetUtcNow() - FakeTime.Start).ShouldBe(TimeSpan.FromHours(2));
        Requested.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_hold_without_an_end()
    {
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Hold, until: DateTimeOffset.MaxValue);

        Shown.State.ShouldBe(ServerStatus.Paused);
    }

    [Fact]
    public async Task Should_refuse_an_expired_hold_and_a_resume_without_a_pause()
    {
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow());
        Refusal.ShouldBe("The hold would have ended already, at 2026-03-10 09:00:00 UTC.");

        await SteerAsync(SteeringKind.Resume);
        Refusal.ShouldBe("It is not paused.");
    }

    [Fact]
    public async Task Should_hold_a_server_without_moves()
    {
        await SteerAsync(SteeringKind.Hold);
        await MoveAsync(1);

        (Shown.State, (await SagaAsync()).WakeAt).ShouldBe((ServerStatus.Paused, null));
    }

    [Fact]
    public async Task Should_retry_a_failed_deployment_when_it_is_resumed()
    {
        Deployments.Retries = 0;
        await DeployAsync(1);
        await EndAsync(DeploymentOutcome.Failed);
        await SteerAsync(SteeringKind.Resume);

        await WakeAsync();

        Requested.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_cancel_a_running_deployment_and_pause()
    {
        var run = await DeployAsync(1);
        await SteerAsync(SteeringKind.Cancel);
        Shown.State.ShouldBe(ServerStatus.Deploying, "its command is ended by its runner");
        (await Leases.RenewAsync(Server, run.DeploymentId, TestContext.Current.CancellationToken)).ShouldBe(LeaseRenewal.CancelRequested);

        await EndAsync(DeploymentOutcome.Cancelled, "cancelled");

        (Shown.State, Shown.Pause!.Kind, Shown.Pause.Actor, Queued()).ShouldBe((ServerStatus.Paused, PauseKind.Cancelled, "ann", "1"));
    }

    [Theory]
    [InlineData(DeploymentOutcome.Failed)]
    [InlineData(DeploymentOutcome.Interrupted)]
    public async Task Should_not_retry_a_cancelled_deployment_that_ends_before_its_runner_is_notified(DeploymentOutcome outcome)
    {
        (Deployments.Retries, Deployments.Rerun) = (5, true);
        await DeployAsync(1);
        await SteerAsync(SteeringKind.Cancel);

        await EndAsync(outcome, "exited with code 3");

        (Shown.State, Shown.Pause?.Kind, Shown.Pause?.Actor, Shown.Ended[0].Outcome).ShouldBe(
            (ServerStatus.Paused, PauseKind.Cancelled, "ann", outcome)
        );
    }

    [Fact]
    public async Task Should_not_retry_a_cancelled_deployment_that_had_failed_before()
    {
        Deployments.Retries = 5;
        var run = await DeployAsync(1);
        await Leases.EndAsync(Ended(run, DeploymentOutcome.Failed), TestContext.Current.CancellationToken);

        await SteerAsync(SteeringKind.Cancel);

        (Shown.State, Shown.Pause?.Kind).ShouldBe((ServerStatus.Paused, PauseKind.Cancelled));
    }

    [Fact]
    public async Task Should_retry_a_deployment_after_the_cancelled_one()
    {
        await DeployAsync(1);
        await SteerAsync(SteeringKind.Cancel);
        await EndAsync(DeploymentOutcome.Failed);
        await SteerAsync(SteeringKind.Deploy);
        await StartAsync();

        await EndAsync(DeploymentOutcome.Failed);

        Shown.State.ShouldBe(ServerStatus.Retrying);
    }

    [Fact]
    public async Task Should_cancel_a_deployment_before_its_start()
    {
        await MoveAsync(1);
        await WakeAsync();
        var run = Requested[^1];

        await SteerAsync(SteeringKind.Cancel);

        (Shown.State, Shown.Pause!.Kind).ShouldBe((ServerStatus.Paused, PauseKind.Cancelled));
        (
            await Leases.TryAcquireAsync(Server, run.DeploymentId, run.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.HasEnded);
    }

    [Fact]
    public async Task Should_refuse_to_cancel_when_nothing_runs()
    {
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Cancel);
        Refusal.ShouldBe("Monarch runs no deployment of it.");

        await SteerAsync(SteeringKind.Deploy);
        await SteerAsync(SteeringKind.Cancel, deployment: Guid.NewGuid());
        Refusal.ShouldBe("That deployment has ended; another one runs.");
    }

    [Fact]
    public async Task Should_drop_issues()
    {
        await MoveAsync(1, 2, 3);
        await SteerAsync(SteeringKind.Drop, issues: [2, 99]);
        (Queued(), Shown.Commands[0].Removed).ShouldBe(("1 3", 1));

        await SteerAsync(SteeringKind.Drop);
        (Shown.State, Shown.Commands[0].Removed, (await SagaAsync()).WakeAt).ShouldBe((ServerStatus.Idle, 2, null));
    }

    [Fact]
    public async Task Should_not_requeue_a_dropped_issue_for_a_redelivered_move()
    {
        var movedAt = Time.GetUtcNow();
        await MoveAsync(1);
        await SteerAsync(SteeringKind.Drop);
        Time.Advance(1);

        await MoveAtAsync(movedAt, 1);
        Queued().ShouldBe("");

        await MoveAsync(1);
        Queued().ShouldBe("1");
    }

    [Fact]
    public async Task Should_execute_a_duplicate_command_once()
    {
        var command = NewId.NextGuid();
        await MoveAsync(1, 2);
        await SteerAsync(SteeringKind.Drop, issues: [1], command: command);
        Time.Advance(1);
        await MoveAsync(1);

        await SteerAsync(SteeringKind.Drop, issues: [1], command: command);

        Queued().ShouldBe("1 2");
        Shown.Commands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_the_hold_of_a_person_when_the_deployment_fails_meanwhile()
    {
        Deployments.Retries = 0;
        await DeployAsync(1);
        await SteerAsync(SteeringKind.Hold);
        await EndAsync(DeploymentOutcome.Failed);

        (Shown.State, Shown.Hold!.Actor, Shown.Pause!.Kind).ShouldBe((ServerStatus.Paused, "ann", PauseKind.Failed));
    }

    [Fact]
    public async Task Should_stay_paused_after_a_hold_when_the_server_waits_for_a_resume()
    {
        Deployments.Retries = 0;
        await DeployAsync(1);
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow().AddMinutes(10));
        await EndAsync(DeploymentOutcome.Interrupted);

        await WakeAsync();

        (Shown.State, Shown.Hold, Shown.Pause!.Kind, Requested.Count).ShouldBe((ServerStatus.Paused, null, PauseKind.Interrupted, 1));
        await RepeatAsync();
        (await SagaAsync()).WakeAt.ShouldBeNull();
        await SteerAsync(SteeringKind.Hold, until: Time.GetUtcNow().AddMinutes(10));
        await WakeAsync();
        Requested.Count.ShouldBe(1, "a hold of a paused server does not release it either");
    }
}
