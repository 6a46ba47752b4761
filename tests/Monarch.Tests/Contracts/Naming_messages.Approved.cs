namespace Monarch.Tests.Contracts;

public sealed partial class Naming_messages
{
    const string Approved = """
        addresses Monarch.Contracts.EndpointNames
          EndpointNames.MigrationBatch = migration-batch
          EndpointNames.RepositoryMigration = repository-migration
          EndpointNames.SlackNotification = slack-notification
          EndpointNames.ReadSourceIssues = read-source-issues
          EndpointNames.ResolveTarget = resolve-target
          EndpointNames.PrepareTarget = prepare-target
          EndpointNames.CreateIssues = create-issues
          EndpointNames.PostToSlack = post-to-slack
          EndpointNames.Intake = intake
          EndpointNames.StatusProjection = status-projection
          EndpointNames.CredentialProjection = credential-projection
          EndpointNames.ServerDeployment = server-deployment
          EndpointNames.RunDeployment = run-deployment
          EndpointNames.DeploymentNotices = deployment-notices
          EndpointNames.ServerProjection = server-projection
          EndpointNames.Lifecycle = lifecycle
          EndpointNames.FinishIssues = finish-issues
          EndpointNames.DryRun = dry-run
          EndpointNames.PlanTarget = plan-target
          EndpointNames.DryRunProjection = dry-run-projection
        message Monarch.Contracts.Deployments.DeployedIssue
          DeployedIssue.Number: required Int32
          DeployedIssue.MovedAt: required DateTimeOffset
        message Monarch.Contracts.Deployments.DeploymentDeferred
          DeploymentDeferred.ServerId: required Guid
          DeploymentDeferred.DeploymentId: required Guid
        message Monarch.Contracts.Deployments.DeploymentEnded
          DeploymentEnded.ServerId: required Guid
          DeploymentEnded.DeploymentId: required Guid
          DeploymentEnded.Issues: required IReadOnlyList<DeployedIssue>
          DeploymentEnded.Outcome: required DeploymentOutcome
          DeploymentEnded.StartedAt: DateTimeOffset?
          DeploymentEnded.EndedAt: required DateTimeOffset
          DeploymentEnded.ExitCode: Int32?
          DeploymentEnded.Reason: String?
          DeploymentEnded.Output: required IReadOnlyList<String>
        enum Monarch.Contracts.Deployments.DeploymentOutcome: Succeeded = 0, Failed = 1, Cancelled = 2, Interrupted = 3, Withdrawn = 4
        message Monarch.Contracts.Deployments.DeploymentRecord
          DeploymentRecord.DeploymentId: required Guid
          DeploymentRecord.Number: required Int64
          DeploymentRecord.Issues: required IReadOnlyList<DeployedIssue>
          DeploymentRecord.RequestedAt: required DateTimeOffset
          DeploymentRecord.Command: String?
          DeploymentRecord.StartedAt: DateTimeOffset?
          DeploymentRecord.EndedAt: DateTimeOffset?
          DeploymentRecord.Outcome: DeploymentOutcome?
          DeploymentRecord.ExitCode: Int32?
          DeploymentRecord.Reason: String?
          DeploymentRecord.Output: IReadOnlyList<String>
        message Monarch.Contracts.Deployments.DeploymentStarted
          DeploymentStarted.ServerId: required Guid
          DeploymentStarted.DeploymentId: required Guid
          DeploymentStarted.StartedAt: required DateTimeOffset
          DeploymentStarted.Issues: required IReadOnlyList<DeployedIssue>
        addresses Monarch.Contracts.Deployments.IssueId
        message Monarch.Contracts.Deployments.IssueMoved
          IssueMoved.IssueId: required String
          IssueMoved.Status: required IssueStatus
          IssueMoved.MovedAt: required DateTimeOffset
        enum Monarch.Contracts.Deployments.IssueStatus: Stage = 0, Test = 1, Beta = 2
        enum Monarch.Contracts.Deployments.PauseKind: Failed = 0, Interrupted = 1, Cancelled = 2
        message Monarch.Contracts.Deployments.QueueIssues
          QueueIssues.ServerId: required Guid
          QueueIssues.Project: required String
          QueueIssues.Status: required IssueStatus
          QueueIssues.Moves: required IReadOnlyList<ReportedMove>
        message Monarch.Contracts.Deployments.QueuedIssue
          QueuedIssue.Number: required Int32
          QueuedIssue.MovedAt: required DateTimeOffset
          QueuedIssue.QueuedAt: required DateTimeOffset
          QueuedIssue.RequeuedAt: required DateTimeOffset
        message Monarch.Contracts.Deployments.ReportedMove
          ReportedMove.Number: required Int32
          ReportedMove.MovedAt: required DateTimeOffset
          ReportedMove.IntakeId: required String
        message Monarch.Contracts.Deployments.RunDeployment
          RunDeployment.ServerId: required Guid
          RunDeployment.DeploymentId: required Guid
          RunDeployment.Number: required Int64
          RunDeployment.Project: required String
          RunDeployment.Status: required IssueStatus
          RunDeployment.Issues: required IReadOnlyList<DeployedIssue>
        addresses Monarch.Contracts.Deployments.ServerId
        message Monarch.Contracts.Deployments.ServerHold
          ServerHold.Actor: required String
          ServerHold.Reason: String?
          ServerHold.Since: required DateTimeOffset
          ServerHold.Until: DateTimeOffset?
        message Monarch.Contracts.Deployments.ServerPause
          ServerPause.Kind: required PauseKind
          ServerPause.Reason: String?
          ServerPause.Actor: String?
          ServerPause.Since: required DateTimeOffset
        message Monarch.Contracts.Deployments.ServerProgressed
          ServerProgressed.ServerId: required Guid
          ServerProgressed.Version: required Int64
          ServerProgressed.Server: required String
          ServerProgressed.Project: required String
          ServerProgressed.Status: required IssueStatus
          ServerProgressed.State: required ServerStatus
          ServerProgressed.ChangedAt: required DateTimeOffset
          ServerProgressed.Issues: required IReadOnlyList<QueuedIssue>
          ServerProgressed.DueAt: DateTimeOffset?
          ServerProgressed.Pause: ServerPause?
          ServerProgressed.Deployment: DeploymentRecord?
          ServerProgressed.Ended: required IReadOnlyList<DeploymentRecord>
          ServerProgressed.Commands: required IReadOnlyList<SteeringRecord>
          ServerProgressed.SavedIntakeIds: required IReadOnlyList<String>
          ServerProgressed.Hold: ServerHold?
          ServerProgressed.Withdrawn: IReadOnlyList<DeploymentRecord>
        enum Monarch.Contracts.Deployments.ServerStatus: Idle = 0, Settling = 1, Waiting = 2, Deploying = 3, Prepared = 4, Retrying = 5, Paused = 6
        message Monarch.Contracts.Deployments.SteerServer
          SteerServer.ServerId: required Guid
          SteerServer.Project: required String
          SteerServer.Status: required IssueStatus
          SteerServer.CommandId: required Guid
          SteerServer.Kind: required SteeringKind
          SteerServer.Actor: required String
          SteerServer.Reason: String?
          SteerServer.RequestedAt: required DateTimeOffset
          SteerServer.Until: DateTimeOffset?
          SteerServer.HoldFor: TimeSpan?
          SteerServer.DeploymentId: Guid?
          SteerServer.Issues: IReadOnlyList<Int32>?
        enum Monarch.Contracts.Deployments.SteeringKind: Deploy = 0, Hold = 1, Resume = 2, Cancel = 3, Drop = 4, ReportSucceeded = 5, ReportFailed = 6
        message Monarch.Contracts.Deployments.SteeringRecord
          SteeringRecord.CommandId: required Guid
          SteeringRecord.Kind: required SteeringKind
          SteeringRecord.Actor: required String
          SteeringRecord.Reason: String?
          SteeringRecord.At: required DateTimeOffset
          SteeringRecord.Refusal: String?
          SteeringRecord.Removed: Int32?
        message Monarch.Contracts.Deployments.WakeDeploymentNotices
          WakeDeploymentNotices.ServerId: required Guid
          WakeDeploymentNotices.DueAt: required DateTimeOffset
          WakeDeploymentNotices.IsRestart: Boolean
        message Monarch.Contracts.Deployments.WakeServer
          WakeServer.ServerId: required Guid
          WakeServer.DueAt: required DateTimeOffset
          WakeServer.IsRestart: Boolean
        message Monarch.Contracts.DryRuns.DryRunProgressed
          DryRunProgressed.DryRunId: required Guid
          DryRunProgressed.Version: required Int32
          DryRunProgressed.Status: required DryRunStatus
          DryRunProgressed.Source: required String
          DryRunProgressed.RequestedAt: required DateTimeOffset
          DryRunProgressed.EndedAt: DateTimeOffset?
          DryRunProgressed.Recreate: Boolean
          DryRunProgressed.Copy: CopyOptions?
          DryRunProgressed.IssueCount: Int32?
          DryRunProgressed.TargetCount: required Int32
          DryRunProgressed.WaitingUntil: DateTimeOffset?
          DryRunProgressed.Failure: Failure?
          DryRunProgressed.Targets: required IReadOnlyList<DryRunTarget>
        enum Monarch.Contracts.DryRuns.DryRunStatus: Queued = 0, ReadingSource = 1, Checking = 2, Completed = 3, Failed = 4
        message Monarch.Contracts.DryRuns.DryRunTarget
          DryRunTarget.Index: required Int32
          DryRunTarget.Requested: required String
          DryRunTarget.Status: required DryRunTargetStatus
          DryRunTarget.WaitingUntil: DateTimeOffset?
          DryRunTarget.Failure: Failure?
          DryRunTarget.Plan: TargetPlan?
        enum Monarch.Contracts.DryRuns.DryRunTargetStatus: Checking = 0, Checked = 1, Refused = 2, SameAsAnother = 3, NotChecked = 4
        message Monarch.Contracts.DryRuns.PlanTarget
          PlanTarget.DryRunId: required Guid
          PlanTarget.TargetIndex: required Int32
          PlanTarget.Target: required String
          PlanTarget.SourceRepositoryId: required Int64
          PlanTarget.SourceFullName: required String
          PlanTarget.SnapshotId: required String
          PlanTarget.Recreate: Boolean
          PlanTarget.Copy: CopyOptions?
        message Monarch.Contracts.DryRuns.PlannedExample
          PlannedExample.Number: Int32
          PlannedExample.Title: String
          PlannedExample.Body: String
          PlannedExample.IsShortened: Boolean
        message Monarch.Contracts.DryRuns.PlannedIssue
          PlannedIssue.Number: Int32
          PlannedIssue.Title: String
        message Monarch.Contracts.DryRuns.StartDryRun
          StartDryRun.DryRunId: required Guid
          StartDryRun.Source: required String
          StartDryRun.Targets: required IReadOnlyList<String>
          StartDryRun.RequestedAt: required DateTimeOffset
          StartDryRun.Recreate: Boolean
          StartDryRun.Copy: CopyOptions?
        message Monarch.Contracts.DryRuns.TargetPlan
          TargetPlan.RepositoryId: required Int64
          TargetPlan.FullName: required String
          TargetPlan.Account: required String
          TargetPlan.Create: required Int32
          TargetPlan.ToCreate: required IReadOnlyList<PlannedIssue>
          TargetPlan.Comments: required Int32
          TargetPlan.AlreadyThere: required Int32
          TargetPlan.Change: required Int32
          TargetPlan.ToChange: required IReadOnlyList<PlannedIssue>
          TargetPlan.Labels: required IReadOnlyList<String>
          TargetPlan.Milestones: required IReadOnlyList<String>
          TargetPlan.Rejected: required IReadOnlyList<RejectedIssue>
          TargetPlan.Notes: required IReadOnlyList<IssueNote>
          TargetPlan.IsListingIncomplete: Boolean
          TargetPlan.Reads: required Int32
          TargetPlan.Writes: required Int32
          TargetPlan.WriteGap: required TimeSpan
          TargetPlan.Example: PlannedExample?
        message Monarch.Contracts.DryRuns.TargetPlanDeferred
          TargetPlanDeferred.DryRunId: required Guid
          TargetPlanDeferred.TargetIndex: required Int32
          TargetPlanDeferred.Failure: required Failure
        message Monarch.Contracts.DryRuns.TargetPlanRefused
          TargetPlanRefused.DryRunId: required Guid
          TargetPlanRefused.TargetIndex: required Int32
          TargetPlanRefused.Failure: required Failure
        message Monarch.Contracts.DryRuns.TargetPlanned
          TargetPlanned.DryRunId: required Guid
          TargetPlanned.TargetIndex: required Int32
          TargetPlanned.Plan: required TargetPlan
        message Monarch.Contracts.DryRuns.WakeDryRun
          WakeDryRun.DryRunId: required Guid
          WakeDryRun.DueAt: required DateTimeOffset
          WakeDryRun.IsRestart: Boolean
        message Monarch.Contracts.Failure
          Failure.Kind: required FailureKind
          Failure.Message: required String
          Failure.Remedy: String?
          Failure.Status: Int32?
          Failure.RequestId: String?
          Failure.RetryAt: DateTimeOffset?
        enum Monarch.Contracts.FailureKind: Bug = 0, Transient = 1, Throttled = 2, Unauthorised = 3, RefusedTarget = 4, RejectedIssue = 5
        addresses Monarch.Contracts.TraceTags
          TraceTags.Migration = monarch.migration.id
          TraceTags.Repository = monarch.repository
          TraceTags.Issue = monarch.issue.number
          TraceTags.Server = monarch.server
        message Monarch.Contracts.GitHub.BudgetReport
          BudgetReport.CreatesPerMinute: Int32?
          BudgetReport.CreatesPerHour: Int32?
          BudgetReport.Pace: Int32?
          BudgetReport.HourlyPace: Int32?
          BudgetReport.UsedThisMinute: required Int32
          BudgetReport.UsedThisHour: required Int32
          BudgetReport.RequestsAtOnce: Int32?
          BudgetReport.RequestsLeft: Int32?
          BudgetReport.ClosedUntil: DateTimeOffset?
          BudgetReport.ClosedBecause: String?
        message Monarch.Contracts.GitHub.CreateIssues
          CreateIssues.RepositoryMigrationId: required Guid
          CreateIssues.CommandId: required Guid
          CreateIssues.SourceRepositoryId: required Int64
          CreateIssues.SourceFullName: required String
          CreateIssues.TargetRepositoryId: required Int64
          CreateIssues.TargetFullName: required String
          CreateIssues.SnapshotId: required String
          CreateIssues.From: required Int32
          CreateIssues.PassId: Guid?
          CreateIssues.IsLastTry: Boolean
          CreateIssues.Copy: CopyOptions?
        message Monarch.Contracts.GitHub.CreationForecast
          CreationForecast.Milliseconds: required IReadOnlyList<Int32>
          CreationForecast.Period: required Int32
          CreationForecast.MillisecondsEach: required Int32
        message Monarch.Contracts.GitHub.CredentialParked
          CredentialParked.Credential: required String
          CredentialParked.Account: String?
          CredentialParked.Login: String?
          CredentialParked.ParkedAt: required DateTimeOffset
          CredentialParked.RetryAt: required DateTimeOffset
          CredentialParked.Failure: required Failure
          CredentialParked.Budget: BudgetReport?
        message Monarch.Contracts.GitHub.CredentialReleased
          CredentialReleased.Credential: required String
          CredentialReleased.Account: String?
          CredentialReleased.Login: String?
        message Monarch.Contracts.GitHub.CredentialWorking
          CredentialWorking.Credential: required String
          CredentialWorking.Account: required String
          CredentialWorking.Login: String?
          CredentialWorking.Since: required DateTimeOffset
          CredentialWorking.Budget: BudgetReport?
          CredentialWorking.Forecast: CreationForecast?
        message Monarch.Contracts.GitHub.FinishIssues
          FinishIssues.RepositoryMigrationId: required Guid
          FinishIssues.CommandId: required Guid
          FinishIssues.SourceRepositoryId: required Int64
          FinishIssues.SourceFullName: required String
          FinishIssues.TargetRepositoryId: required Int64
          FinishIssues.TargetFullName: required String
          FinishIssues.SnapshotId: required String
          FinishIssues.From: required Int32
          FinishIssues.PassId: Guid?
          FinishIssues.IsLastTry: Boolean
          FinishIssues.Copy: CopyOptions?
        message Monarch.Contracts.GitHub.IssuesCreated
          IssuesCreated.RepositoryMigrationId: required Guid
          IssuesCreated.CommandId: required Guid
          IssuesCreated.Next: required Int32
          IssuesCreated.Created: required Int32
          IssuesCreated.AlreadyThere: required Int32
          IssuesCreated.Rejected: required IReadOnlyList<RejectedIssue>
          IssuesCreated.IsBusy: Boolean
          IssuesCreated.EndedBy: Failure?
        message Monarch.Contracts.GitHub.IssuesFinished
          IssuesFinished.RepositoryMigrationId: required Guid
          IssuesFinished.CommandId: required Guid
          IssuesFinished.Next: required Int32
          IssuesFinished.EndedBy: Failure?
        message Monarch.Contracts.GitHub.UnconfirmedListing
          UnconfirmedListing.Listing: required String
          UnconfirmedListing.Counted: required Int32
          UnconfirmedListing.Since: required DateTimeOffset
          UnconfirmedListing.Times: required Int32
        message Monarch.Contracts.GitHub.PrepareTarget
          PrepareTarget.RepositoryMigrationId: required Guid
          PrepareTarget.CommandId: required Guid
          PrepareTarget.SourceRepositoryId: required Int64
          PrepareTarget.TargetRepositoryId: required Int64
          PrepareTarget.TargetFullName: required String
          PrepareTarget.Recreate: Boolean
          PrepareTarget.Place: TargetPlace?
          PrepareTarget.SnapshotId: String?
          PrepareTarget.Copy: CopyOptions?
        message Monarch.Contracts.GitHub.ReadSourceIssues
          ReadSourceIssues.BatchId: required Guid
          ReadSourceIssues.CommandId: required Guid
          ReadSourceIssues.Source: required String
          ReadSourceIssues.Copy: CopyOptions?
        message Monarch.Contracts.GitHub.RepositoryMigrationDeferred
          RepositoryMigrationDeferred.RepositoryMigrationId: required Guid
          RepositoryMigrationDeferred.CommandId: required Guid
          RepositoryMigrationDeferred.Failure: required Failure
          RepositoryMigrationDeferred.Place: TargetPlace?
        message Monarch.Contracts.GitHub.RepositoryMigrationRefused
          RepositoryMigrationRefused.RepositoryMigrationId: required Guid
          RepositoryMigrationRefused.CommandId: required Guid
          RepositoryMigrationRefused.Failure: required Failure
        message Monarch.Contracts.GitHub.ResolveTarget
          ResolveTarget.BatchId: required Guid
          ResolveTarget.TargetIndex: required Int32
          ResolveTarget.Target: required String
        message Monarch.Contracts.GitHub.SnapshotReplaced
          SnapshotReplaced.RepositoryMigrationId: required Guid
          SnapshotReplaced.CommandId: required Guid
          SnapshotReplaced.SnapshotId: required String
          SnapshotReplaced.ReadAt: required DateTimeOffset
          SnapshotReplaced.IssueCount: required Int32
          SnapshotReplaced.NeedsFinishing: Boolean
        message Monarch.Contracts.GitHub.SourceDeferred
          SourceDeferred.BatchId: required Guid
          SourceDeferred.CommandId: required Guid
          SourceDeferred.Failure: required Failure
        message Monarch.Contracts.GitHub.SourceIssuesRead
          SourceIssuesRead.BatchId: required Guid
          SourceIssuesRead.CommandId: required Guid
          SourceIssuesRead.RepositoryId: required Int64
          SourceIssuesRead.FullName: required String
          SourceIssuesRead.SnapshotId: required String
          SourceIssuesRead.ReadAt: required DateTimeOffset
          SourceIssuesRead.IssueCount: required Int32
          SourceIssuesRead.NeedsFinishing: Boolean
        message Monarch.Contracts.GitHub.SourceRefused
          SourceRefused.BatchId: required Guid
          SourceRefused.CommandId: required Guid
          SourceRefused.Failure: required Failure
        message Monarch.Contracts.GitHub.TargetDeferred
          TargetDeferred.BatchId: required Guid
          TargetDeferred.TargetIndex: required Int32
          TargetDeferred.Failure: required Failure
        message Monarch.Contracts.GitHub.TargetPlace
          TargetPlace.EpochId: required String
          TargetPlace.Page: required String
          TargetPlace.Through: required Int32
          TargetPlace.Copies: required Int32
          TargetPlace.Open: Int32
          TargetPlace.Doubt: UnconfirmedListing?
        message Monarch.Contracts.GitHub.TargetPrepared
          TargetPrepared.RepositoryMigrationId: required Guid
          TargetPrepared.CommandId: required Guid
          TargetPrepared.TargetFullName: required String
          TargetPrepared.Account: String?
          TargetPrepared.Notes: IReadOnlyList<IssueNote>?
        message Monarch.Contracts.GitHub.TargetRefused
          TargetRefused.BatchId: required Guid
          TargetRefused.TargetIndex: required Int32
          TargetRefused.Failure: required Failure
        message Monarch.Contracts.GitHub.TargetResolved
          TargetResolved.BatchId: required Guid
          TargetResolved.TargetIndex: required Int32
          TargetResolved.RepositoryId: required Int64
          TargetResolved.FullName: required String
        message Monarch.Contracts.GitHub.TargetUnread
          TargetUnread.RepositoryMigrationId: required Guid
          TargetUnread.CommandId: required Guid
        message Monarch.Contracts.Migrations.BatchAccepted
          BatchAccepted.BatchId: required Guid
          BatchAccepted.IntakeId: String?
        message Monarch.Contracts.Migrations.BatchProgressed
          BatchProgressed.BatchId: required Guid
          BatchProgressed.Version: required Int32
          BatchProgressed.Status: required BatchStatus
          BatchProgressed.Source: required String
          BatchProgressed.NotificationChannel: String?
          BatchProgressed.RequestedAt: required DateTimeOffset
          BatchProgressed.EndedAt: DateTimeOffset?
          BatchProgressed.IssueCount: Int32?
          BatchProgressed.TargetCount: required Int32
          BatchProgressed.TargetsEnded: required Int32
          BatchProgressed.WaitingUntil: DateTimeOffset?
          BatchProgressed.IsPaused: Boolean
          BatchProgressed.Interventions: IReadOnlyList<Intervention>
          BatchProgressed.TraceId: String?
          BatchProgressed.Failure: Failure?
          BatchProgressed.Copy: CopyOptions?
          BatchProgressed.Targets: required IReadOnlyList<TargetProgress>
        enum Monarch.Contracts.Migrations.BatchStatus: Queued = 0, ReadingSource = 1, Migrating = 2, Completed = 3, CompletedWithFailures = 4, Failed = 5, Skipped = 6, Cancelled = 7
        message Monarch.Contracts.Migrations.CancelMigration
          CancelMigration.BatchId: required Guid
          CancelMigration.Reason: String?
          CancelMigration.RequestedAt: required DateTimeOffset
        message Monarch.Contracts.Migrations.CopyOptions
          CopyOptions.Issues: IssueSelection?
          CopyOptions.Labels: Boolean?
          CopyOptions.Milestones: Boolean?
          CopyOptions.Types: Boolean?
          CopyOptions.KeepAssignees: Boolean?
          CopyOptions.AssigneeMap: IReadOnlyDictionary<String, String>?
          CopyOptions.KeepMentions: Boolean?
          CopyOptions.Comments: Boolean?
          CopyOptions.Update: Boolean?
          CopyOptions.CloseRemoved: Boolean?
        enum Monarch.Contracts.Migrations.Directive: Run = 0, Pause = 1, Cancel = 2
        message Monarch.Contracts.Migrations.Intervention
          Intervention.Kind: required InterventionKind
          Intervention.Reason: String?
          Intervention.At: required DateTimeOffset
        enum Monarch.Contracts.Migrations.InterventionKind: Cancel = 0, Pause = 1, Resume = 2, Retry = 3
        message Monarch.Contracts.Migrations.IssueNote
          IssueNote.Number: required Int32
          IssueNote.Kind: required NoteKind
          IssueNote.Field: required String
          IssueNote.Message: required String
        message Monarch.Contracts.Migrations.IssueSelection
          IssueSelection.IncludeClosed: Boolean
          IssueSelection.Labels: IReadOnlyList<String>?
          IssueSelection.Milestone: String?
          IssueSelection.Numbers: IReadOnlyList<NumberRange>?
          IssueSelection.Since: DateTimeOffset?
        message Monarch.Contracts.Migrations.MigrateIssues
          MigrateIssues.BatchId: required Guid
          MigrateIssues.Source: required String
          MigrateIssues.Targets: required IReadOnlyList<String>
          MigrateIssues.NotificationChannel: String?
          MigrateIssues.RequestedAt: required DateTimeOffset
          MigrateIssues.Recreate: Boolean
          MigrateIssues.Copy: CopyOptions?
          MigrateIssues.IntakeId: String?
        message Monarch.Contracts.Migrations.MigrateRepository
          MigrateRepository.RepositoryMigrationId: required Guid
          MigrateRepository.BatchId: required Guid
          MigrateRepository.RunId: required Guid
          MigrateRepository.Directive: Directive
          MigrateRepository.BatchVersion: required Int32
          MigrateRepository.SourceRepositoryId: required Int64
          MigrateRepository.SourceFullName: required String
          MigrateRepository.TargetRepositoryId: required Int64
          MigrateRepository.TargetFullName: required String
          MigrateRepository.SnapshotId: required String
          MigrateRepository.SnapshotReadAt: required DateTimeOffset
          MigrateRepository.IssueCount: required Int32
          MigrateRepository.Recreate: Boolean
          MigrateRepository.NeedsFinishing: Boolean
          MigrateRepository.Copy: CopyOptions?
        enum Monarch.Contracts.Migrations.NoteKind: Dropped = 0, Converted = 1, Kept = 2
        message Monarch.Contracts.Migrations.NumberRange
          NumberRange.First: Int32
          NumberRange.Last: Int32
        message Monarch.Contracts.Migrations.PauseMigration
          PauseMigration.BatchId: required Guid
          PauseMigration.Reason: String?
          PauseMigration.RequestedAt: required DateTimeOffset
        message Monarch.Contracts.Migrations.RejectedIssue
          RejectedIssue.Number: required Int32
          RejectedIssue.Title: required String
          RejectedIssue.Failure: required Failure
        message Monarch.Contracts.Migrations.RepositoryMigrationCompleted
          RepositoryMigrationCompleted.BatchId: required Guid
          RepositoryMigrationCompleted.RunId: required Guid
          RepositoryMigrationCompleted.RepositoryMigrationId: required Guid
          RepositoryMigrationCompleted.TargetRepositoryId: required Int64
          RepositoryMigrationCompleted.TargetFullName: required String
          RepositoryMigrationCompleted.Status: required RepositoryStatus
          RepositoryMigrationCompleted.Total: required Int32
          RepositoryMigrationCompleted.Created: required Int32
          RepositoryMigrationCompleted.AlreadyThere: required Int32
          RepositoryMigrationCompleted.Rejected: required Int32
          RepositoryMigrationCompleted.PassId: Guid?
          RepositoryMigrationCompleted.Failure: Failure?
        message Monarch.Contracts.Migrations.RepositoryProgressed
          RepositoryProgressed.BatchId: required Guid
          RepositoryProgressed.RepositoryMigrationId: required Guid
          RepositoryProgressed.SourceRepositoryId: required Int64
          RepositoryProgressed.TargetRepositoryId: required Int64
          RepositoryProgressed.TargetFullName: required String
          RepositoryProgressed.Version: required Int32
          RepositoryProgressed.Status: required RepositoryStatus
          RepositoryProgressed.Total: required Int32
          RepositoryProgressed.Created: required Int32
          RepositoryProgressed.AlreadyThere: required Int32
          RepositoryProgressed.Rejected: required Int32
          RepositoryProgressed.RejectedIssues: required IReadOnlyList<RejectedIssue>
          RepositoryProgressed.WaitingUntil: DateTimeOffset?
          RepositoryProgressed.IsPaused: Boolean
          RepositoryProgressed.Account: String?
          RepositoryProgressed.Failure: Failure?
          RepositoryProgressed.Notes: IReadOnlyList<IssueNote>?
        enum Monarch.Contracts.Migrations.RepositoryStatus: Resolving = 0, Preparing = 1, Copying = 2, Finishing = 3, Completed = 4, CompletedWithFailures = 5, Failed = 6, SameAsAnother = 7, Cancelled = 8
        message Monarch.Contracts.Migrations.ResumeMigration
          ResumeMigration.BatchId: required Guid
          ResumeMigration.Reason: String?
          ResumeMigration.RequestedAt: required DateTimeOffset
        message Monarch.Contracts.Migrations.RetryRejectedIssues
          RetryRejectedIssues.BatchId: required Guid
          RetryRejectedIssues.Reason: String?
          RetryRejectedIssues.RequestedAt: required DateTimeOffset
        message Monarch.Contracts.Migrations.TargetProgress
          TargetProgress.Index: required Int32
          TargetProgress.Requested: required String
          TargetProgress.FullName: String?
          TargetProgress.RepositoryId: Int64?
          TargetProgress.Status: required RepositoryStatus
          TargetProgress.Total: Int32?
          TargetProgress.Created: Int32?
          TargetProgress.AlreadyThere: Int32?
          TargetProgress.Rejected: Int32?
          TargetProgress.PassId: Guid?
          TargetProgress.WaitingUntil: DateTimeOffset?
          TargetProgress.Failure: Failure?
        message Monarch.Contracts.Migrations.WakeBatch
          WakeBatch.BatchId: required Guid
          WakeBatch.DueAt: required DateTimeOffset
          WakeBatch.IsRestart: Boolean
        message Monarch.Contracts.Migrations.WakeRepositoryMigration
          WakeRepositoryMigration.RepositoryMigrationId: required Guid
          WakeRepositoryMigration.DueAt: required DateTimeOffset
          WakeRepositoryMigration.IsRestart: Boolean
        message Monarch.Contracts.Slack.PostSlackMessage
          PostSlackMessage.BatchId: required Guid
          PostSlackMessage.CommandId: required Guid
          PostSlackMessage.Channel: required String
          PostSlackMessage.Timestamp: String?
          PostSlackMessage.Text: required String
        message Monarch.Contracts.Slack.SlackMessageDeferred
          SlackMessageDeferred.BatchId: required Guid
          SlackMessageDeferred.CommandId: required Guid
          SlackMessageDeferred.Failure: required Failure
        message Monarch.Contracts.Slack.SlackMessagePosted
          SlackMessagePosted.BatchId: required Guid
          SlackMessagePosted.CommandId: required Guid
          SlackMessagePosted.Channel: required String
          SlackMessagePosted.Timestamp: required String
        message Monarch.Contracts.Slack.SlackMessageRefused
          SlackMessageRefused.BatchId: required Guid
          SlackMessageRefused.CommandId: required Guid
          SlackMessageRefused.Failure: required Failure
        message Monarch.Contracts.Slack.WakeSlackNotification
          WakeSlackNotification.BatchId: required Guid
          WakeSlackNotification.DueAt: required DateTimeOffset
          WakeSlackNotification.IsRestart: Boolean
        """;
}
