using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;

namespace Monarch.Tests.Migrations;

/// <summary>
/// A model of the environment of one repository migration: the bus with messages in any order and number, workers that create at most two
/// issues per slice and may die, and the target. Each number that it plays is one step.
/// </summary>
sealed class RepositoryMigrationWorld(
    int issues,
    Func<object, Guid, Task<IReadOnlyList<object>>> handle,
    Func<Task<DateTimeOffset?>> wakeAt,
    Func<Task> rollBack
)
{
    readonly List<(object Message, Guid Id)> _events = [];
    readonly List<object> _commands = [];

    /// <summary>The source issues in the target, in the order of their creation.</summary>
    public List<int> Target { get; } = [];

    /// <summary>The source issues whose copies are finished.</summary>
    public HashSet<int> Finished { get; } = [];

    /// <summary>The migrations that have received the completion.</summary>
    public HashSet<Guid> Answered { get; } = [];

    /// <summary>The ids of the commands that were sent.</summary>
    public HashSet<Guid> Sent { get; } = [];

    bool IsQuiet => _events.Count + _commands.Count == 0;

    /// <summary>Whether no message and no wake-up is pending.</summary>
    public async Task<bool> IsAtRestAsync() => IsQuiet && await wakeAt() is null;

    public void Deliver(object message) => _events.Add((message, NewId.NextGuid()));

    public Task PlayAsync(int number)
    {
        var (what, which, how) = (number % 10, number / 10, number / 100);
        return what switch
        {
            0 or 1 => HandleAsync(which, stays: false, dies: false),
            2 => HandleAsync(which, stays: true, dies: false),
            3 => HandleAsync(which, stays: true, dies: true),
            4 or 5 => Worked(which, stays: false, how),
            6 => Worked(which, stays: true, how),
            7 => WakeAsync(),
            8 => rollBack(),
            _ => Lost(which),
        };
    }

    /// <summary>Delivers all messages in flight without further faults.</summary>
    public async Task SettleAsync()
    {
        while (!IsQuiet)
        {
            while (_events.Count > 0)
            {
                await HandleAsync(0, stays: false, dies: false);
            }

            if (_commands.Count > 0)
            {
                await Worked(0, stays: false, how: 0);
            }
        }
    }

    public async Task WakeAsync()
    {
        if (await wakeAt() is { } at)
        {
            Deliver(new WakeRepositoryMigration { RepositoryMigrationId = Guid.Empty, DueAt = at });
        }
    }

    // A handler that dies after the save has sent nothing, and its message is redelivered.
    async Task HandleAsync(int which, bool stays, bool dies)
    {
        if (_events.Count == 0)
        {
            return;
        }

        var (message, id) = _events[which % _events.Count];
        if (!stays)
        {
            _events.RemoveAt(which % _events.Count);
        }

        var sent = await handle(message, id);
        if (dies)
        {
            return;
        }

        foreach (var one in sent)
        {
            switch (one)
            {
                case PrepareTarget prepare:
                    Sends(prepare, prepare.CommandId);
                    break;
                case CreateIssues create:
                    Sends(create, create.CommandId);
                    break;
                case FinishIssues finish:
                    Sends(finish, finish.CommandId);
                    break;
                case RepositoryMigrationCompleted completed:
                    Answered.Add(completed.BatchId);
                    break;
            }
        }
    }

    void Sends(object command, Guid id)
    {
        _commands.Add(command);
        Sent.Add(id);
    }

    Task Worked(int which, bool stays, int how)
    {
        if (_commands.Count == 0)
        {
            return Task.CompletedTask;
        }

        var command = _commands[which % _commands.Count];
        if (!stays)
        {
            _commands.RemoveAt(which % _commands.Count);
        }

        switch (command, how % 5)
        {
            case (PrepareTarget prepare, 1):
                Deliver(Deferred(prepare.RepositoryMigrationId, prepare.CommandId));
                break;
            case (PrepareTarget prepare, _):
                Deliver(
                    new TargetPrepared
                    {
                        RepositoryMigrationId = prepare.RepositoryMigrationId,
                        CommandId = prepare.CommandId,
                        TargetFullName = prepare.TargetFullName,
                    }
                );
                break;
            case (CreateIssues create, 1):
                Deliver(Deferred(create.RepositoryMigrationId, create.CommandId));
                break;
            case (CreateIssues create, 2):
                Deliver(new TargetUnread { RepositoryMigrationId = create.RepositoryMigrationId, CommandId = create.CommandId });
                break;
            case (CreateIssues create, 3):
                // The worker dies after the first issue, and the broker redelivers the command.
                _ = Create(create, 1);
                _commands.Add(command);
                break;
            case (CreateIssues create, _):
                Deliver(Create(create, 2));
                break;
            case (FinishIssues finish, 1):
                Deliver(Deferred(finish.RepositoryMigrationId, finish.CommandId));
                break;
            case (FinishIssues finish, 2):
                Deliver(new TargetUnread { RepositoryMigrationId = finish.RepositoryMigrationId, CommandId = finish.CommandId });
                break;
            case (FinishIssues finish, _):
                Deliver(Finish(finish));
                break;
        }

        return Task.CompletedTask;
    }

    // An ideal ledger: an existing issue is not created again.
    IssuesCreated Create(CreateIssues command, int most)
    {
        var (next, created, there) = (command.From, 0, 0);
        for (; next < issues && created < most; next++)
        {
            if (Target.Contains(next))
            {
                there++;
            }
            else
            {
                Target.Add(next);
                created++;
            }
        }

        return new()
        {
            RepositoryMigrationId = command.RepositoryMigrationId,
            CommandId = command.CommandId,
            Next = next,
            Created = created,
            AlreadyThere = there,
            Rejected = [],
        };
    }

    IssuesFinished Finish(FinishIssues command)
    {
        Target.Count.ShouldBe(issues, "copies are finished when all exist");
        var next = Math.Min(issues, command.From + 2);
        Finished.UnionWith(Enumerable.Range(command.From, next - command.From));
        return new()
        {
            RepositoryMigrationId = command.RepositoryMigrationId,
            CommandId = command.CommandId,
            Next = next,
        };
    }

    // Loses an acknowledged event: Redis has rolled back its saga.
    Task Lost(int which)
    {
        if (_events.Count > 0 && _events[which % _events.Count].Message is not MigrateRepository)
        {
            _events.RemoveAt(which % _events.Count);
        }

        return Task.CompletedTask;
    }

    static RepositoryMigrationDeferred Deferred(Guid id, Guid command) =>
        new()
        {
            RepositoryMigrationId = id,
            CommandId = command,
            Failure = new() { Kind = FailureKind.Transient, Message = "502" },
        };
}
