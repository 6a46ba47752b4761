using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Redis.Sagas;
using Monarch.Tests.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.Slack.Client;
using Monarch.Workers.Slack.Notifications;
using Shouldly;

namespace Monarch.Tests.Slack.Notifications;

/// <summary>The saga that notifies Slack of one migration, with a clock that is moved by hand.</summary>
public abstract class NotificationTest : SagaTest
{
    protected const long SourceId = 11;

    /// <summary>The pass that each target ended with.</summary>
    protected static readonly Guid Pass = Guid.NewGuid();

    int _version;

    protected Guid Batch { get; } = NewId.NextGuid();

    private protected SlackOptions Slack { get; } = new() { BotToken = "xoxb-test" };

    private protected InMemoryLedger Ledger { get; }

    protected NotificationTest() => Ledger = new(Time, Microsoft.Extensions.Options.Options.Create(new LedgerOptions()));

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Slack))
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(new SlackNotificationOptions { UpdateIntervalSeconds = 3 }))
            .AddSingleton<ILedger>(Ledger)
            .AddSingleton<SlackSummary>()
            .AddSingleton<SlackNotificationBehaviors>();
        bus.AddSagaStateMachine<SlackNotificationStateMachine, SlackNotificationState, SlackNotificationDefinition>()
            .InMemoryRepositoryWithWakeUps("slack");
    }

    protected BatchProgressed Progress(BatchStatus status, params TargetProgress[] targets) =>
        new()
        {
            BatchId = Batch,
            Version = ++_version,
            Status = status,
            Source = "school/template",
            NotificationChannel = "C1",
            RequestedAt = Time.GetUtcNow(),
            IssueCount = status >= BatchStatus.Migrating ? 3 : null,
            TargetCount = 2,
            TargetsEnded = targets.Count(target => target.Status >= RepositoryStatus.Completed),
            Targets = targets,
        };

    /// <summary>A target of the migration; ended ones have three issues.</summary>
    protected static TargetProgress Of(int index, RepositoryStatus status, int rejected = 0, Failure? failure = null)
    {
        var ended = status >= RepositoryStatus.Completed;
        return new()
        {
            Index = index,
            Requested = $"teams/n{index}",
            FullName = status > RepositoryStatus.Resolving ? $"teams/n{index}" : null,
            RepositoryId = status > RepositoryStatus.Resolving ? 100 + index : null,
            Status = status,
            Total = ended ? 3 : null,
            Created = ended ? 3 - rejected : null,
            AlreadyThere = ended ? 0 : null,
            Rejected = ended ? rejected : null,
            PassId = ended ? Pass : null,
            Failure = failure,
        };
    }

    protected RepositoryProgressed Copied(
        int index,
        int created,
        int? version = null,
        Failure? failure = null,
        DateTimeOffset? waitingUntil = null
    ) =>
        new()
        {
            BatchId = Batch,
            RepositoryMigrationId = Guid.Empty,
            SourceRepositoryId = SourceId,
            TargetRepositoryId = 100 + index,
            TargetFullName = $"teams/n{index}",
            Version = version ?? ++_version,
            Status = RepositoryStatus.Copying,
            Total = 3,
            Created = created,
            AlreadyThere = 0,
            Rejected = 0,
            RejectedIssues = [],
            Failure = failure,
            WaitingUntil = waitingUntil,
        };

    protected SlackMessagePosted Posted() =>
        new()
        {
            BatchId = Batch,
            CommandId = Last().CommandId,
            Channel = "C1",
            Timestamp = Last().Timestamp ?? $"ts{Sent<PostSlackMessage>().Count}",
        };

    protected SlackMessageDeferred Deferred(DateTimeOffset? retryAt = null) =>
        new()
        {
            BatchId = Batch,
            CommandId = Last().CommandId,
            Failure = new()
            {
                Kind = FailureKind.Transient,
                Message = "Slack answered 503.",
                RetryAt = retryAt,
            },
        };

    protected SlackMessageRefused Refused(string error = "message_not_found") =>
        new()
        {
            BatchId = Batch,
            CommandId = Last().CommandId,
            Failure = new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = error,
                Remedy = "fix it",
            },
        };

    protected async Task<WakeSlackNotification> WakeAsync() =>
        new() { BatchId = Batch, DueAt = (await SagaAsync()).WakeAt.ShouldNotBeNull() };

    protected PostSlackMessage Last() => Sent<PostSlackMessage>()[^1];

    private protected async Task<SlackNotificationState> SagaAsync() => (await FindAsync<SlackNotificationState>(Batch)).ShouldNotBeNull();

    /// <summary>Starts the migration, and posts its message in the channel.</summary>
    protected async Task BeginAsync()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving), Of(1, RepositoryStatus.Resolving)));
        await HandleAsync(Posted());
    }
}
