using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Issues;

/// <summary>What a run has done so far.</summary>
sealed class Run(CreateIssues command)
{
    readonly List<RejectedIssue> _rejected = [];
    int _created;
    int _alreadyThere;
    int _passedOver;

    Failure? _endedBy;
    bool _isBusy;
    bool _isUnread;

    public bool IsOver { get; private set; }

    public bool HasDoneAnything => Done > 0;

    int Done => _created + _alreadyThere + _passedOver + _rejected.Count;

    public void Created() => _created++;

    public void FoundThere() => _alreadyThere++;

    public void PassedOver() => _passedOver++;

    public void Rejected(RejectedIssue issue) => _rejected.Add(issue);

    /// <summary>The saga has to wait, or the target has ended.</summary>
    public void EndBy(Failure failure) => (_endedBy, IsOver) = (failure, true);

    /// <summary>Another attempt is at work on the issue.</summary>
    public void EndByBusy(Failure failure)
    {
        _isBusy = !HasDoneAnything;
        EndBy(failure);
    }

    /// <summary>The target has to be read first. When something was done, that is answered; the next run asks for the reading.</summary>
    public void EndByUnread() => (_isUnread, IsOver) = (!HasDoneAnything, true);

    /// <summary>The next run tries the same issue at once.</summary>
    public void CutShort() => IsOver = true;

    /// <returns><see cref="IssuesCreated"/>, or <see cref="TargetUnread"/>.</returns>
    public object Answer() => _isUnread
        ? new TargetUnread { PairId = command.PairId, CommandId = command.CommandId }
        : new IssuesCreated
        {
            PairId = command.PairId,
            CommandId = command.CommandId,
            Next = command.From + Done,
            Created = _created,
            AlreadyThere = _alreadyThere,
            PassedOver = _passedOver,
            Rejected = _rejected,
            IsBusy = _isBusy,
            EndedBy = _endedBy,
        };
}
