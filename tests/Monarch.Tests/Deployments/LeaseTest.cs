using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

/// <summary>The tests of all kinds of leases.</summary>
public abstract class LeaseTest : IAsyncLifetime
{
    static readonly Guid One = ServerId.Of("ABC", IssueStatus.Test);
    static readonly Guid Two = ServerId.Of("DEF", IssueStatus.Test);
    static readonly Guid Three = ServerId.Of("GHI", IssueStatus.Test);

    static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    readonly Guid _deployment = Guid.NewGuid();

    private protected IDeploymentLeases Leases { get; set; } = null!;

    private protected DeploymentOptions Options { get; } = new() { AtOnce = 2 };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Waits for a part of a lease.</summary>
    protected abstract Task PassAsync(double leases);

    [Fact]
    public async Task Should_give_a_server_one_lease()
    {
        (await AcquireAsync(One, _deployment, 1)).ShouldBe(LeaseRequest.Acquired);
        (await AcquireAsync(One, Guid.NewGuid(), 2)).ShouldBe(LeaseRequest.Deferred);

        var state = await Leases.ReadAsync(One, _deployment, Token);
        (state.Until - state.StartedAt, state.Result).ShouldBe((Options.Lease, null));
    }

    [Fact]
    public async Task Should_give_it_once_to_a_deployment()
    {
        await AcquireAsync(One, _deployment, 1);
        (await AcquireAsync(One, _deployment, 1)).ShouldBe(LeaseRequest.HasStarted);

        await Leases.EndAsync(Ended(One, _deployment), Token);
        (await AcquireAsync(One, _deployment, 1)).ShouldBe(LeaseRequest.HasEnded);
    }

    [Fact]
    public async Task Should_give_it_again_to_the_process_that_did_not_receive_the_answer()
    {
        var holder = Guid.NewGuid();
        (await AcquireAsync(One, _deployment, 1, holder)).ShouldBe(LeaseRequest.Acquired);
        await PassAsync(0.6);
        (await AcquireAsync(One, _deployment, 1, holder)).ShouldBe(LeaseRequest.Acquired);
        await PassAsync(0.6);
        (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.Renewed, "it was extended");
        (await AcquireAsync(One, _deployment, 1)).ShouldBe(LeaseRequest.HasStarted);

        await PassAsync(1.1);
        (await AcquireAsync(One, _deployment, 1, holder)).ShouldNotBe(LeaseRequest.Acquired, "it has expired");
        await Leases.EndAsync(Ended(One, _deployment), Token);
        (await AcquireAsync(One, _deployment, 1, holder)).ShouldBe(LeaseRequest.HasEnded);
    }

    [Fact]
    public async Task Should_refuse_a_late_command_of_an_earlier_deployment()
    {
        await AcquireAsync(One, _deployment, 2);
        await Leases.EndAsync(Ended(One, _deployment), Token);

        (await AcquireAsync(One, Guid.NewGuid(), 1)).ShouldBe(LeaseRequest.HasEnded);
        (await AcquireAsync(One, Guid.NewGuid(), 3)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_limit_the_number_of_leases_and_grant_them_in_order_of_request()
    {
        Options.AtOnce = 1;
        await AcquireAsync(One, _deployment, 1);
        var (second, third) = (Guid.NewGuid(), Guid.NewGuid());
        (await AcquireAsync(Two, second, 1)).ShouldBe(LeaseRequest.Deferred);
        await PassAsync(0.1);
        (await AcquireAsync(Three, third, 1)).ShouldBe(LeaseRequest.Deferred);

        await Leases.EndAsync(Ended(One, _deployment), Token);

        (await AcquireAsync(Three, third, 1)).ShouldBe(LeaseRequest.Deferred, "the other one asked first");
        (await AcquireAsync(Two, second, 1)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_not_wait_for_a_server_that_no_longer_requests()
    {
        Options.AtOnce = 1;
        await AcquireAsync(One, _deployment, 1);
        await AcquireAsync(Two, Guid.NewGuid(), 1);
        await PassAsync(0.6);
        await Leases.RenewAsync(One, _deployment, Token);
        var third = Guid.NewGuid();
        await AcquireAsync(Three, third, 1);
        await PassAsync(0.6);
        await Leases.EndAsync(Ended(One, _deployment), Token);

        (await AcquireAsync(Three, third, 1)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_last_as_long_as_it_is_renewed()
    {
        await AcquireAsync(One, _deployment, 1);
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(0.5);
            (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.Renewed);
        }

        (await Leases.ReadAsync(One, _deployment, Token)).Result.ShouldBeNull();
    }

    [Fact]
    public async Task Should_be_lost_when_it_expires()
    {
        await AcquireAsync(One, _deployment, 1);
        await PassAsync(1.1);

        (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.Lost);
        (await Leases.ReadAsync(One, _deployment, Token)).Result!.Outcome.ShouldBe(DeploymentOutcome.Interrupted);
        await Leases.EndAsync(Ended(One, _deployment), Token);
        (await Leases.ReadAsync(One, _deployment, Token)).Result!.Outcome.ShouldBe(
            DeploymentOutcome.Interrupted,
            "the first result counts"
        );
        (await AcquireAsync(One, _deployment, 1)).ShouldBe(LeaseRequest.HasEnded);
        (await AcquireAsync(One, Guid.NewGuid(), 2)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_free_its_place_when_it_expires()
    {
        Options.AtOnce = 1;
        await AcquireAsync(One, _deployment, 1);
        await PassAsync(1.1);

        (await AcquireAsync(Two, Guid.NewGuid(), 1)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_keep_the_result()
    {
        await AcquireAsync(One, _deployment, 1);
        var result = Ended(One, _deployment);
        await Leases.EndAsync(result, Token);

        var kept = (await Leases.ReadAsync(One, _deployment, Token)).Result.ShouldNotBeNull();
        (kept.Outcome, kept.ExitCode, kept.Output[0], kept.Issues[0]).ShouldBe((result.Outcome, 0, "größer", result.Issues[0]));
        (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.Lost);
    }

    [Fact]
    public async Task Should_report_a_requested_cancellation()
    {
        await AcquireAsync(One, _deployment, 1);

        (await Leases.CancelAsync(One, _deployment, 1, Token)).ShouldBeTrue();

        (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.CancelRequested);
    }

    [Fact]
    public async Task Should_never_be_given_to_a_deployment_that_was_cancelled_before_it_started()
    {
        (await Leases.CancelAsync(One, _deployment, 5, Token)).ShouldBeFalse();

        (await AcquireAsync(One, _deployment, 5)).ShouldBe(LeaseRequest.HasEnded);
        (await Leases.ReadAsync(One, _deployment, Token)).Result!.Outcome.ShouldBe(DeploymentOutcome.Cancelled);
        (await AcquireAsync(One, Guid.NewGuid(), 6)).ShouldBe(LeaseRequest.Acquired);
    }

    [Fact]
    public async Task Should_keep_the_result_of_a_deployment_that_is_cancelled_after_its_end()
    {
        await AcquireAsync(One, _deployment, 1);
        await Leases.EndAsync(Ended(One, _deployment), Token);

        (await Leases.CancelAsync(One, _deployment, 1, Token)).ShouldBeFalse();

        (await Leases.ReadAsync(One, _deployment, Token)).Result!.Outcome.ShouldBe(DeploymentOutcome.Succeeded);
    }

    [Fact]
    public async Task Should_not_be_taken_from_a_later_deployment_by_cancelling_an_earlier_one()
    {
        await AcquireAsync(One, _deployment, 2);

        (await Leases.CancelAsync(One, Guid.NewGuid(), 1, Token)).ShouldBeFalse();

        (await Leases.RenewAsync(One, _deployment, Token)).ShouldBe(LeaseRenewal.Renewed);
    }

    [Fact]
    public async Task Should_have_no_state_of_an_unknown_deployment() =>
        (await Leases.ReadAsync(One, _deployment, Token)).ShouldBe(new(null, null, null));

    Task<LeaseRequest> AcquireAsync(Guid server, Guid deployment, int number, Guid? holder = null) =>
        Leases.TryAcquireAsync(server, deployment, number, holder ?? Guid.NewGuid(), Token);

    static DeploymentEnded Ended(Guid server, Guid deployment) =>
        new()
        {
            ServerId = server,
            DeploymentId = deployment,
            Issues = [new() { Number = 7, MovedAt = Start }],
            Outcome = DeploymentOutcome.Succeeded,
            StartedAt = Start,
            EndedAt = Start.AddSeconds(1),
            ExitCode = 0,
            Output = ["größer"],
        };
}
