using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Migrations;

/// <summary>
/// Everything around one pair, as a model: the bus with its messages in any order and any number, workers that create at most two
/// issues in a run and may die at it, and the target. Each number that it plays is one thing that happens.
/// </summary>
sealed class RepositoryMigrationWorld(int issues, Func<object, Guid, Task<IReadOnlyList<object>>> handle, Func<Task<DateTimeOffset?>> wakeAt, Func<Task> rollBack)
{
    readonly List<(object Message, Guid Id)> _events = [];
    readonly List<object> _commands = [];

    /// <summary>The source issues in the target, in the order of their creation.</summary>
    public List<int> Target { get; } = [];

    /// <summary>The batches that have heard of the end.</summary>
    public HashSet<Guid> Answered { get; } = [];

    /// <summary>How many different commands were sent.</summary>
    public HashSet<Guid> Sent { get; } = [];

    bool IsQuiet => _events.Count + _commands.Count == 0;

    /// <summary>Whether nothing will ever happen again by itself.</summary>
    public async Task<bool> IsAtRestAsync() => IsQuiet && await wakeAt() is null;

    public void Tell(object message) => _events.Add((message, NewId.NextGuid()));

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

    /// <summary>Nothing goes wrong any more: everything under way arrives, then whoever wants to be woken is.</summary>
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
            Tell(new WakeRepositoryMigration { RepositoryMigrationId = Guid.Empty, DueAt = at });
        }
    }

    // A handler that dies after the save has sent nothing, and its message comes again.
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

        var said = await handle(message, id);
        if (dies)
        {
            return;
        }

        foreach (var one in said)
        {
            switch (one)
            {
                case PrepareTarget or CreateIssues:
                    _commands.Add(one);
                    Sent.Add(one is CreateIssues create ? create.CommandId : ((PrepareTarget)one).CommandId);
                    break;
                case RepositoryMigrationCompleted completed:
                    Answered.Add(completed.BatchId);
                    break;
            }
        }
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
                Tell(Deferred(prepare.RepositoryMigrationId, prepare.CommandId));
                break;
            case (PrepareTarget prepare, _):
                Tell(new TargetPrepared { RepositoryMigrationId = prepare.RepositoryMigrationId, CommandId = prepare.CommandId, TargetFullName = prepare.TargetFullName });
                break;
            case (CreateIssues create, 1):
                Tell(Deferred(create.RepositoryMigrationId, create.CommandId));
                break;
            case (CreateIssues create, 2):
                Tell(new TargetUnread { RepositoryMigrationId = create.RepositoryMigrationId, CommandId = create.CommandId });
                break;
            case (CreateIssues create, 3):
                // It dies after its first issue, and the broker gives the command to another.
                _ = Create(create, 1);
                _commands.Add(command);
                break;
            case (CreateIssues create, _):
                Tell(Create(create, 2));
                break;
        }

        return Task.CompletedTask;
    }

    // The ledger as it is meant to be: an issue that is there is not created again.
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

        return new() { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, Next = next, Created = created, AlreadyThere = there, Rejected = [] };
    }

    // Answered and gone: its saga was taken back to before, by a Redis that forgot.
    Task Lost(int which)
    {
        if (_events.Count > 0 && _events[which % _events.Count].Message is not MigrateRepository)
        {
            _events.RemoveAt(which % _events.Count);
        }

        return Task.CompletedTask;
    }

    static RepositoryMigrationDeferred Deferred(Guid pair, Guid command) =>
        new() { RepositoryMigrationId = pair, CommandId = command, Failure = new() { Kind = FailureKind.Transient, Message = "502" } };
}
