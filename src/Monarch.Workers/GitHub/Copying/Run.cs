using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>What a run has done so far, or what became of one issue of it.</summary>
sealed class Run(CreateIssues command)
{
    readonly List<RejectedIssue> _rejected = [];
    int _created;
    int _alreadyThere;
    bool _isBusy;
    bool _isUnread;

    public bool HasDoneAnything => Done > 0;

    /// <summary>What became of a single issue, as metrics name it; null when nothing was done.</summary>
    public string? Outcome => _created > 0 ? "created" : _rejected.Count > 0 ? "rejected" : _alreadyThere > 0 ? "already_there" : null;

    /// <summary>Why the saga has to wait or the target has ended; null when neither.</summary>
    public Failure? EndedBy { get; private set; }

    int Done => _created + _alreadyThere + _rejected.Count;

    public void Created() => _created++;

    public void FoundThere() => _alreadyThere++;

    public void Rejected(RejectedIssue issue) => _rejected.Add(issue);

    /// <summary>Takes in what became of the next issue.</summary>
    public void Add(Run issue)
    {
        _created += issue._created;
        _alreadyThere += issue._alreadyThere;
        _rejected.AddRange(issue._rejected);
        (EndedBy, _isBusy, _isUnread) = (issue.EndedBy, issue._isBusy, issue._isUnread);
    }

    /// <summary>The saga has to wait, or the target has ended.</summary>
    public void EndBy(Failure failure) => EndedBy = failure;

    /// <summary>Another attempt is at work on the issue.</summary>
    public void EndByBusy(Failure failure) => (_isBusy, EndedBy) = (true, failure);

    /// <summary>The target has to be read first. When something was done, that is answered; the next run asks for the reading.</summary>
    public void EndByUnread() => _isUnread = true;

    /// <returns><see cref="IssuesCreated"/>, or <see cref="TargetUnread"/>.</returns>
    public object Answer() => _isUnread && !HasDoneAnything
        ? new TargetUnread { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId }
        : new IssuesCreated
        {
            RepositoryMigrationId = command.RepositoryMigrationId,
            CommandId = command.CommandId,
            Next = command.From + Done,
            Created = _created,
            AlreadyThere = _alreadyThere,
            Rejected = _rejected,
            IsBusy = _isBusy && !HasDoneAnything,
            EndedBy = EndedBy,
        };
}
