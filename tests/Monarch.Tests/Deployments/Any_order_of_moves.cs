using FsCheck;
using FsCheck.Fluent;
using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Servers;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

/// <summary>
/// With any sequence of moves, duplicates, late deliveries, deployments that succeed, fail or are lost with their runner, crashes between
/// saving and sending, and lost messages, each issue is deployed after its last move, none more often than it was moved, and no two
/// deployments of the server overlap.
/// </summary>
[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Any_order_of_moves : ServerTest
{
    const int Issues = 5;

    readonly List<(object Message, Guid Id)> _messages = [];
    readonly List<RunDeployment> _commands = [];
    readonly List<(int Number, DateTimeOffset At)> _moves = [];
    readonly List<(IReadOnlyList<DeployedIssue> Issues, DateTimeOffset StartedAt)> _successes = [];
    RunDeployment? _running;
    DateTimeOffset _startedAt;
    string _project = "";
    int _cases;

    Guid Id => ServerId.Of(_project, IssueStatus.Test);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Should_deploy_each_issue_after_its_last_move() =>
        Prop.ForAll(Gen.Choose(0, 999).ArrayOf().ToArbitrary(), PlayAsync).Check(PropertyCheck.Of(cases: 150, endSize: 140));

    async Task PlayAsync(int[] steps)
    {
        _project = $"P{_cases++}";
        _messages.Clear();
        _commands.Clear();
        _moves.Clear();
        _successes.Clear();
        _running = null;
        (Deployments.Rerun, Deployments.Retries) = (steps.Length % 2 == 0, 1);

        Array.ForEach([1, 2, 3], Move);
        foreach (var step in steps)
        {
            await PlayAsync(step % 12, step / 12);
            Time.Advance(0.7);
        }

        await SettleAsync();

        foreach (var moves in _moves.GroupBy(move => move.Number))
        {
            var deployed = _successes.Where(success => success.Issues.Any(issue => issue.Number == moves.Key)).ToList();
            deployed.ShouldContain(success => success.StartedAt >= moves.Max(move => move.At), $"issue {moves.Key}");
            deployed.Count.ShouldBeLessThanOrEqualTo(moves.Count(), $"issue {moves.Key}");
        }

        var saga = await ServerAsync();
        (saga!.Issues.Count, saga.Deployment, saga.WakeAt, saga.EndedAt is not null).ShouldBe((0, null, null, true));
    }

    async Task PlayAsync(int what, int which)
    {
        switch (what)
        {
            case 0 or 1:
                Move(1 + (which % Issues));
                break;
            case 2 or 3:
                await DeliverAsync(which, stays: false, dies: false);
                break;
            case 4:
                await DeliverAsync(which, stays: true, dies: false);
                break;
            case 5:
                await DeliverAsync(which, stays: true, dies: true);
                break;
            case 6 or 7:
                await WorkAsync(which);
                break;
            case 8:
                await EndAsync(which % 3 == 0 ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded, isReported: which % 2 == 0);
                break;
            case 9:
                // The runner dies with its command.
                _running = null;
                break;
            case 10:
                Time.Advance(which % 90);
                await RenewAsync();
                break;
            default:
                await WakeServerAsync();
                break;
        }
    }

    void Move(int number)
    {
        Time.Advance(0.001);
        _moves.Add((number, Time.GetUtcNow()));
        _messages.Add(
            (
                new QueueIssues
                {
                    ServerId = Id,
                    Project = _project,
                    Status = IssueStatus.Test,
                    Moves =
                    [
                        new()
                        {
                            Number = number,
                            MovedAt = Time.GetUtcNow(),
                            IntakeId = "1-0",
                        },
                    ],
                },
                NewId.NextGuid()
            )
        );
    }

    async Task DeliverAsync(int which, bool stays, bool dies)
    {
        if (_messages.Count == 0)
        {
            return;
        }

        var (message, id) = _messages[which % _messages.Count];
        if (!stays)
        {
            _messages.RemoveAt(which % _messages.Count);
        }

        var before = Requested.Count;
        await HandleAnyAsync(message, id);
        if (!dies)
        {
            _commands.AddRange(Requested.Skip(before));
        }
    }

    // Some commands stay in the queue, as after a lost acknowledgement.
    async Task WorkAsync(int which)
    {
        if (_commands.Count == 0)
        {
            return;
        }

        var run = _commands[which % _commands.Count];
        if (which % 4 != 0)
        {
            _commands.Remove(run);
        }

        switch (await Leases.TryAcquireAsync(run.ServerId, run.DeploymentId, run.Number, Guid.NewGuid(), Token))
        {
            case LeaseRequest.Acquired:
                _running.ShouldBeNull("two deployments of a server run at once");
                (_running, _startedAt) = (run, Time.GetUtcNow());
                Deliver(
                    new DeploymentStarted
                    {
                        ServerId = Id,
                        DeploymentId = run.DeploymentId,
                        StartedAt = _startedAt,
                        Issues = run.Issues,
                    },
                    which % 5 != 0
                );
                break;
            case LeaseRequest.Deferred:
                Deliver(new DeploymentDeferred { ServerId = Id, DeploymentId = run.DeploymentId }, which % 5 != 0);
                break;
        }
    }

    async Task EndAsync(DeploymentOutcome outcome, bool isReported)
    {
        if (_running is not { } run)
        {
            return;
        }

        var ended = Ended(run, outcome) with { StartedAt = _startedAt };
        _running = null;
        await Leases.EndAsync(ended, Token);
        if ((await Leases.ReadAsync(Id, run.DeploymentId, Token)).Result!.Outcome == DeploymentOutcome.Succeeded)
        {
            _successes.Add((run.Issues, _startedAt));
        }

        Deliver(ended, isReported);
    }

    // A runner ends its command before its lease does.
    async Task RenewAsync()
    {
        if (_running is { } run && await Leases.RenewAsync(Id, run.DeploymentId, Token) == LeaseRenewal.Lost)
        {
            _running = null;
        }
    }

    async Task WakeServerAsync()
    {
        if (await ServerAsync() is { WakeAt: { } at })
        {
            if (at > Time.GetUtcNow())
            {
                Time.SetUtcNow(at);
                await RenewAsync();
            }

            _messages.Add((new WakeServer { ServerId = Id, DueAt = at }, NewId.NextGuid()));
        }
    }

    void Deliver(object message, bool arrives)
    {
        if (arrives)
        {
            _messages.Add((message, NewId.NextGuid()));
        }
    }

    // Without further faults, and with a person who resumes paused servers.
    async Task SettleAsync()
    {
        for (var round = 0; round < 60; round++)
        {
            while (_messages.Count > 0)
            {
                await DeliverAsync(0, stays: false, dies: false);
            }

            while (_commands.Count > 0)
            {
                await WorkAsync(1);
            }

            await EndAsync(DeploymentOutcome.Succeeded, isReported: true);
            if (_messages.Count > 0)
            {
                continue;
            }

            if (await ServerAsync() is { Pause: not null })
            {
                _messages.Add(
                    (
                        new SteerServer
                        {
                            ServerId = Id,
                            Project = _project,
                            Status = IssueStatus.Test,
                            CommandId = NewId.NextGuid(),
                            Kind = SteeringKind.Resume,
                            Actor = "ann",
                            RequestedAt = Time.GetUtcNow(),
                        },
                        NewId.NextGuid()
                    )
                );
                continue;
            }

            await WakeServerAsync();
            if (_messages.Count == 0)
            {
                return;
            }
        }
    }

    Task<ServerDeploymentState?> ServerAsync() => FindAsync<ServerDeploymentState>(Id);
}
