using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>
/// Applies events in any order and any number of times: the newest of each kind counts, and only another run reverts an end.
/// </summary>
static class SlackNotificationFigures
{
    public static void ApplyBatch(this SlackNotificationState saga, BatchProgressed batch)
    {
        foreach (var target in batch.Targets)
        {
            Apply(saga, target, batch.Version);
        }

        if (batch.Version > saga.BatchVersion)
        {
            saga.BatchVersion = batch.Version;
            (saga.Source, saga.Status) = (batch.Source, batch.Status);
            (saga.IssueCount, saga.TargetCount) = (batch.IssueCount, batch.TargetCount);
            (saga.Reason, saga.Remedy, saga.FailureKind) = (batch.Failure?.Message, batch.Failure?.Remedy, batch.Failure?.Kind);
            (saga.WaitingUntil, saga.IsPaused, saga.Interventions) = (batch.WaitingUntil, batch.IsPaused, [.. batch.Interventions]);
            (saga.BatchEndedAt, saga.IsSelection) = (batch.EndedAt, batch.Copy?.Issues is not null);
        }

        saga.IsStale = true;
    }

    public static void ApplyRepository(this SlackNotificationState saga, RepositoryProgressed repository)
    {
        saga.SourceRepositoryId = repository.SourceRepositoryId;
        if (
            saga.Targets.Find(t => t.RepositoryId == repository.TargetRepositoryId) is not { } target
            || target.IsEnded()
            || repository.Version <= target.Version
        )
        {
            return;
        }

        (target.Version, target.Name, target.Status) = (repository.Version, repository.TargetFullName, repository.Status);
        (target.Total, target.Done, target.Rejected) = (
            repository.Total,
            Math.Min(repository.Total, repository.Created + repository.AlreadyThere),
            repository.Rejected
        );
        (target.WaitingUntil, target.IsPaused) = (repository.WaitingUntil, repository.IsPaused);
        var warnings = NoteWording.Lines((repository.Notes ?? []).Where(note => note.Number == 0)).ToList();
        target.Warning = warnings.Count > 0 ? string.Join(' ', warnings) : null;
        Apply(target, repository.Failure);
        saga.IsStale = true;
    }

    static void Apply(SlackNotificationState saga, TargetProgress progress, int version)
    {
        if (saga.Targets.Find(t => t.Index == progress.Index) is not { } target)
        {
            saga.Targets.Add(target = new() { Index = progress.Index });
        }

        if (version < target.BatchVersion)
        {
            return;
        }

        target.BatchVersion = version;
        if (progress.RepositoryId is { } id && id != target.RepositoryId)
        {
            (target.RepositoryId, target.Version) = (id, 0);
        }

        target.Name = progress.FullName ?? (target.Name.Length > 0 ? target.Name : progress.Requested);
        if (progress.Status >= RepositoryStatus.Completed)
        {
            (target.Status, target.HasOutcome, target.IsPaused, target.WaitingUntil) = (progress.Status, true, false, null);
            (target.Total, target.Rejected, target.PassId) = (progress.Total ?? 0, progress.Rejected ?? 0, progress.PassId);
            target.Done = Math.Min(target.Total, (progress.Created ?? 0) + (progress.AlreadyThere ?? 0));
            Apply(target, progress.Failure);
            return;
        }

        if (target.HasOutcome)
        {
            (target.Status, target.HasOutcome, target.Rejected) = (progress.Status, false, 0);
            Apply(target, null);
        }

        target.Status = progress.Status > target.Status ? progress.Status : target.Status;
        if (target.Status == RepositoryStatus.Resolving)
        {
            target.WaitingUntil = progress.WaitingUntil;
            Apply(target, progress.Failure);
        }
    }

    static void Apply(NotifiedTarget target, Failure? failure) =>
        (target.Reason, target.Remedy, target.FailureKind) = (failure?.Message, failure?.Remedy, failure?.Kind);
}
