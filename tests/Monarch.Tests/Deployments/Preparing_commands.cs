using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

/// <summary>USHER_RUN=false: people or scripts run the commands.</summary>
public sealed class Preparing_commands : ServerTest
{
    public Preparing_commands() => Deployments.Run = false;

    Guid Prepared => Shown.Deployment!.DeploymentId;

    [Fact]
    public async Task Should_prepare_a_command_and_run_nothing()
    {
        await PrepareAsync(1, 2);

        Requested.ShouldBeEmpty();
        (Shown.State, Shown.Deployment!.Command).ShouldBe(
            (ServerStatus.Prepared, "python -m wwts.devops.deploy test.abc.wwts.com ABC-1 ABC-2")
        );
        Queued().ShouldBe("1 2");
    }

    [Fact]
    public async Task Should_remove_issues_that_are_reported_as_deployed()
    {
        await PrepareAsync(1, 2);
        Time.Advance(60);
        await MoveAsync(2);

        await SteerAsync(SteeringKind.ReportSucceeded, Prepared);

        (Queued(), Shown.Deployment, Shown.Commands[0].Removed).ShouldBe(("2", null, 1));
        Shown.Ended[0].Outcome.ShouldBe(DeploymentOutcome.Succeeded);
    }

    [Fact]
    public async Task Should_prepare_again_with_issues_that_were_moved_since()
    {
        await PrepareAsync(1);
        var first = Prepared;
        await PrepareAsync(2);

        (Prepared == first).ShouldBeFalse();
        Shown.Deployment!.Issues.Select(issue => issue.Number).ShouldBe([1, 2]);
        Shown.Withdrawn[0].DeploymentId.ShouldBe(first);
    }

    [Fact]
    public async Task Should_accept_the_report_of_a_command_before_the_latest()
    {
        await PrepareAsync(1);
        var first = Prepared;
        await PrepareAsync(2);

        await SteerAsync(SteeringKind.ReportSucceeded, first);
        Queued().ShouldBe("2");
        await WakeAsync();

        Shown.Deployment!.Issues.Select(issue => issue.Number).ShouldBe([2], "it is prepared again without what is deployed");
    }

    [Fact]
    public async Task Should_accept_a_late_report_after_many_newer_commands()
    {
        await PrepareAsync(1);
        var first = Prepared;
        for (var number = 2; number < 30; number++)
        {
            await PrepareAsync(number);
        }

        await SteerAsync(SteeringKind.ReportSucceeded, first);

        Queued().ShouldStartWith("2 3 ");
    }

    [Fact]
    public async Task Should_run_a_prepared_deployment_when_running_is_switched_on()
    {
        await PrepareAsync(1);
        Deployments.Run = true;

        await WakeAsync();

        Numbers(Requested.ShouldHaveSingleItem()).ShouldBe("1");
        Shown.State.ShouldBe(ServerStatus.Waiting);
    }

    [Fact]
    public async Task Should_prepare_again_after_a_reported_failure_then_wait_for_a_person()
    {
        await PrepareAsync(1);
        await SteerAsync(SteeringKind.ReportFailed, Prepared);
        Shown.State.ShouldBe(ServerStatus.Retrying);
        await WakeAsync();
        await SteerAsync(SteeringKind.ReportFailed, Prepared);

        (Shown.State, Shown.Pause!.Kind, Shown.Pause.Reason, Queued()).ShouldBe((ServerStatus.Paused, PauseKind.Failed, "because", "1"));
    }

    [Fact]
    public async Task Should_refuse_a_second_report()
    {
        await PrepareAsync(1);
        var prepared = Prepared;
        await SteerAsync(SteeringKind.ReportSucceeded, prepared);

        await SteerAsync(SteeringKind.ReportFailed, prepared);

        Shown.Commands[0].Refusal!.ShouldStartWith("It is not prepared");
        Shown.State.ShouldBe(ServerStatus.Idle);
    }

    [Fact]
    public async Task Should_withdraw_a_command_whose_issues_are_all_dropped()
    {
        await PrepareAsync(1);

        await SteerAsync(SteeringKind.Drop);

        (Shown.State, Shown.Deployment).ShouldBe((ServerStatus.Idle, null));
    }

    async Task PrepareAsync(params int[] numbers)
    {
        Time.Advance(1);
        await MoveAsync(numbers);
        await WakeAsync();
    }
}
