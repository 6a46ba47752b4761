using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>Takes events in, in any order and any number of times: an end is never taken back, and the newest of the rest counts.</summary>
static class SlackNotificationFigures
{
    public static void TakeBatch(this SlackNotificationState saga, BatchProgressed batch)
    {
        foreach (var target in batch.Targets)
        {
            Take(saga, target);
        }

        if (batch.Version > saga.BatchVersion)
        {
            saga.BatchVersion = batch.Version;
            (saga.Source, saga.Status, saga.IssueCount, saga.TargetCount) = (batch.Source, batch.Status, batch.IssueCount, batch.TargetCount);
            (saga.Reason, saga.Remedy, saga.WaitingUntil) = (batch.Failure?.Message, batch.Failure?.Remedy, batch.WaitingUntil);
        }

        saga.IsStale = true;
    }

    public static void TakeRepository(this SlackNotificationState saga, RepositoryProgressed repository)
    {
        saga.SourceRepositoryId = repository.SourceRepositoryId;
        if (saga.Targets.Find(t => t.RepositoryId == repository.TargetRepositoryId) is not { } target
            || target.IsEnded() || repository.Version <= target.Version)
        {
            return;
        }

        (target.Version, target.Name, target.Status) = (repository.Version, repository.TargetFullName, repository.Status);
        (target.Total, target.Done, target.Rejected) =
            (repository.Total, Math.Min(repository.Total, repository.Created + repository.AlreadyThere), repository.Rejected);
        (target.Reason, target.Remedy, target.WaitingUntil) = (repository.Failure?.Message, repository.Failure?.Remedy, repository.WaitingUntil);
        saga.IsStale = true;
    }

    static void Take(SlackNotificationState saga, TargetProgress progress)
    {
        if (saga.Targets.Find(t => t.Index == progress.Index) is not { } target)
        {
            saga.Targets.Add(target = new() { Index = progress.Index });
        }

        if (target.IsEnded())
        {
            return;
        }

        target.RepositoryId = progress.RepositoryId ?? target.RepositoryId;
        target.Name = progress.FullName ?? (target.Name.Length > 0 ? target.Name : progress.Requested);
        target.Status = progress.Status > target.Status ? progress.Status : target.Status;
        if (target.Status == RepositoryStatus.Resolving)
        {
            (target.Reason, target.Remedy, target.WaitingUntil) = (progress.Failure?.Message, progress.Failure?.Remedy, progress.WaitingUntil);
        }

        if (target.IsEnded())
        {
            (target.Total, target.Rejected) = (progress.Total ?? 0, progress.Rejected ?? 0);
            target.Done = Math.Min(target.Total, (progress.Created ?? 0) + (progress.AlreadyThere ?? 0));
            (target.Reason, target.Remedy, target.WaitingUntil) = (progress.Failure?.Message, progress.Failure?.Remedy, null);
        }
    }
}
