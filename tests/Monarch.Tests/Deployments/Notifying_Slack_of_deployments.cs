using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Slack;
using Monarch.Redis.Sagas;
using Monarch.Tests.Migrations;
using Monarch.Workers;
using Monarch.Workers.Deployments.Notices;
using Monarch.Workers.Deployments.Settings;
using Monarch.Workers.Slack.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Notifying_Slack_of_deployments : SagaTest
{
    static readonly Guid Server = ServerId.Of("ABC", IssueStatus.Beta);

    readonly DeploymentOptions _options = new() { SlackChannel = "C1" };
    readonly DeploymentRecord _deployment = new()
    {
        DeploymentId = NewId.NextGuid(),
        Number = 1,
        Issues = [new() { Number = 111, MovedAt = FakeTime.Start }, new() { Number = 113, MovedAt = FakeTime.Start }],
        RequestedAt = FakeTime.Start.AddMinutes(2),
        Command = "deploy beta.abc.wwts.com ABC-111 ABC-113",
    };

    long _version;

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(_options))
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(new SlackOptions { BotToken = "xoxb-test" }))
            .AddSingleton<DeploymentNoticesBehaviors>();
        bus.AddSagaStateMachine<DeploymentNoticesStateMachine, DeploymentNoticesState, DeploymentNoticesDefinition>()
            .InMemoryRepositoryWithWakeUps("notice");
    }

    [Fact]
    public async Task Should_report_each_step_once()
    {
        await PublishAsync(Progress(ServerStatus.Settling, queued: [111]));
        await PublishAsync(Progress(ServerStatus.Settling, queued: [111, 113]));
        await PublishAsync(Progress(ServerStatus.Waiting, queued: [111, 113], _deployment));
        var started = _deployment with { StartedAt = FakeTime.Start.AddMinutes(3) };
        await PublishAsync(Progress(ServerStatus.Deploying, queued: [111, 113], started));
        await PublishAsync(Progress(ServerStatus.Deploying, queued: [111, 113, 200], started));
        await PublishAsync(
            Progress(
                ServerStatus.Idle,
                [],
                null,
                started with
                {
                    EndedAt = FakeTime.Start.AddMinutes(23).AddSeconds(4),
                    Outcome = DeploymentOutcome.Succeeded,
                }
            )
        );

        Texts()
            .ShouldBe([
                ":inbox_tray: *beta.abc.wwts.com*: ABC-111 queued, deployed at 09:02 UTC or later, when no more arrive",
                ":rocket: *beta.abc.wwts.com*: deploying ABC-111, ABC-113",
                ":white_check_mark: *beta.abc.wwts.com*: deployed ABC-111, ABC-113 after 20 min 4 s",
            ]);
    }

    [Fact]
    public async Task Should_report_the_last_lines_of_a_failure_with_the_remedy()
    {
        await PublishAsync(
            Progress(
                ServerStatus.Paused,
                [111, 113],
                null,
                _deployment with
                {
                    StartedAt = FakeTime.Start,
                    EndedAt = FakeTime.Start.AddSeconds(7),
                    Outcome = DeploymentOutcome.Failed,
                    Reason = "It exited with code 3.",
                    Output = ["building", "<error> & ```"],
                }
            ) with
            {
                Pause = new() { Kind = PauseKind.Failed, Since = FakeTime.Start },
            }
        );

        Texts()
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":x: *beta.abc.wwts.com*: deployment of ABC-111, ABC-113 failed after 7 s: It exited with code 3. The server is paused: monarch usher resume beta.abc.wwts.com"
                    + "\n```building\n&lt;error&gt; &amp; '''```"
            );
    }

    [Fact]
    public async Task Should_report_a_prepared_command()
    {
        await PublishAsync(Progress(ServerStatus.Prepared, [111, 113], _deployment));

        Texts()
            .ShouldHaveSingleItem()
            .ShouldBe(":memo: *beta.abc.wwts.com*: ABC-111, ABC-113 ready to be deployed: `deploy beta.abc.wwts.com ABC-111 ABC-113`");
    }

    [Fact]
    public async Task Should_post_one_after_the_other_and_wait_while_Slack_is_unavailable()
    {
        var settling = Progress(ServerStatus.Settling, queued: [111]);
        await HandleAsync(settling);
        await HandleAsync(Progress(ServerStatus.Prepared, queued: [111], _deployment));
        Texts().Count.ShouldBe(1, "the first is not posted yet");

        await HandleAsync(
            new SlackMessageDeferred
            {
                BatchId = Server,
                CommandId = Sent<PostSlackMessage>()[^1].CommandId,
                Failure = new() { Kind = FailureKind.Transient, Message = "502" },
            }
        );
        var state = (await FindAsync<DeploymentNoticesState>(Server)).ShouldNotBeNull();
        Time.SetUtcNow(state.WakeAt!.Value);
        await HandleAsync(new WakeDeploymentNotices { ServerId = Server, DueAt = state.WakeAt.Value });
        Texts().Count.ShouldBe(2);
        Texts()[1].ShouldBe(Texts()[0]);

        await PostedAsync();
        Texts()[2].ShouldStartWith(":memo:");
        await PostedAsync();
        (await FindAsync<DeploymentNoticesState>(Server)).ShouldNotBeNull().WakeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_ignore_stale_events()
    {
        var older = Progress(ServerStatus.Settling, queued: [111]);
        await PublishAsync(Progress(ServerStatus.Prepared, queued: [111], _deployment));
        await HandleAsync(older);

        Texts().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_be_silent_without_a_channel()
    {
        _options.SlackChannel = null;
        await HandleAsync(Progress(ServerStatus.Settling, queued: [111]));

        (Texts().Count, await FindAsync<DeploymentNoticesState>(Server)).ShouldBe((0, null));
    }

    [Theory]
    [InlineData("progressed")]
    [InlineData("posted")]
    [InlineData("deferred")]
    [InlineData("woken")]
    public async Task Should_end_when_it_is_switched_off_while_a_notice_waits(string what)
    {
        await HandleAsync(Progress(ServerStatus.Settling, queued: [111]));
        await HandleAsync(Progress(ServerStatus.Prepared, queued: [111], _deployment));
        var saga = (await FindAsync<DeploymentNoticesState>(Server)).ShouldNotBeNull();
        _options.SlackChannel = null;

        Task handled = what switch
        {
            "progressed" => HandleAsync(Progress(ServerStatus.Idle, queued: [])),
            "posted" => PostedAsync(),
            "deferred" => HandleAsync(
                new SlackMessageDeferred
                {
                    BatchId = Server,
                    CommandId = saga.Outstanding!.CommandId,
                    Failure = new() { Kind = FailureKind.Transient, Message = "502" },
                }
            ),
            _ => HandleAsync(new WakeDeploymentNotices { ServerId = Server, DueAt = saga.WakeAt!.Value }),
        };
        await handled;

        saga = (await FindAsync<DeploymentNoticesState>(Server)).ShouldNotBeNull();
        (Texts().Count, saga.Texts.Count, saga.Outstanding, saga.WakeAt, saga.EndedAt is not null).ShouldBe((1, 0, null, null, true));
        _options.SlackChannel = "C1";
        await HandleAsync(Progress(ServerStatus.Prepared, queued: [111], _deployment with { DeploymentId = NewId.NextGuid() }));
        Texts().Count.ShouldBe(2, "it is switched on again");
    }

    [Fact]
    public void Should_keep_its_queue_empty_without_a_channel()
    {
        var services = new ServiceCollection();
        services.AddMassTransit(bus => bus.AddUsherWorkerConsumers(new ConfigurationBuilder().Build()));

        services.ShouldContain(service => service.ServiceType == typeof(DeploymentNoticesStateMachine));
    }

    async Task PublishAsync(ServerProgressed progressed)
    {
        var before = Texts().Count;
        await HandleAsync(progressed);
        if (Texts().Count > before)
        {
            await PostedAsync();
        }
    }

    Task PostedAsync() =>
        HandleAsync(
            new SlackMessagePosted
            {
                BatchId = Server,
                CommandId = Sent<PostSlackMessage>()[^1].CommandId,
                Channel = "C1",
                Timestamp = "1.2",
            }
        );

    List<string> Texts() => [.. Sent<PostSlackMessage>().Select(message => message.Text)];

    ServerProgressed Progress(ServerStatus state, int[] queued, DeploymentRecord? deployment = null, params DeploymentRecord[] ended) =>
        new()
        {
            ServerId = Server,
            Version = ++_version,
            Server = "beta.abc.wwts.com",
            Project = "ABC",
            Status = IssueStatus.Beta,
            State = state,
            ChangedAt = Time.GetUtcNow(),
            Issues =
            [
                .. queued.Select(number => new QueuedIssue
                {
                    Number = number,
                    MovedAt = FakeTime.Start,
                    QueuedAt = FakeTime.Start,
                    RequeuedAt = FakeTime.Start,
                }),
            ],
            DueAt = state == ServerStatus.Settling ? FakeTime.Start.AddMinutes(2) : null,
            Deployment = deployment,
            Ended = ended,
            Commands = [],
            SavedIntakeIds = [],
        };
}
