using System.Collections;
using System.Reflection;
using System.Text;
using MassTransit;
using Monarch.Workers.Deployments.Notices;
using Monarch.Workers.Deployments.Servers;
using Monarch.Workers.Migrations.Batches;
using Monarch.Workers.Migrations.DryRuns;
using Monarch.Workers.Migrations.Repositories;
using Monarch.Workers.Slack.Notifications;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>
/// The whole table of states and events, with the missing instance as a column. h: handled, i: ignored on purpose, d: discarded
/// on purpose, c: creates. A dot marks a missing cell, for which MassTransit would throw or drop the event silently.
/// </summary>
public sealed class Every_state_answers_every_event
{
    [Fact]
    public void Should_hold_for_a_migration() =>
        Table(new MigrationBatchStateMachine(new(null!)))
            .ShouldBe(
                """
                event               missing ReadingSource Migrating Ended
                Requested           c       h             h         h
                SourceRead          d       h             h         i
                SourceRefused       d       h             i         i
                SourceDeferred      d       h             i         i
                TargetResolved      d       i             h         i
                TargetRefused       d       i             h         i
                TargetDeferred      d       i             h         i
                RepositoryCompleted d       i             h         i
                RepositoryFaulted   d       i             h         i
                CancelRequested     d       h             h         i
                PauseRequested      d       h             h         i
                ResumeRequested     d       h             h         i
                RetryRequested      d       h             i         h
                Woken               d       h             h         h

                """
            );

    [Fact]
    public void Should_hold_for_a_repository_migration() =>
        Table(new RepositoryMigrationStateMachine(new(null!, null!)))
            .ShouldBe(
                """
                event            missing Preparing Copying Finishing Ended
                Requested        c       h         h       h         h
                Prepared         d       h         h       h         h
                Created          d       h         h       h         h
                Finished         d       h         h       h         h
                SnapshotReplaced d       h         h       h         h
                Unread           d       h         h       h         h
                Deferred         d       h         h       h         h
                Refused          d       h         h       h         h
                Woken            d       h         h       h         h

                """
            );

    [Fact]
    public void Should_hold_for_a_dry_run() =>
        Table(new DryRunStateMachine(new(null!)))
            .ShouldBe(
                """
                event          missing ReadingSource Checking Ended
                Requested      c       h             i        i
                SourceRead     d       h             h        i
                SourceRefused  d       h             i        i
                SourceDeferred d       h             i        i
                Planned        d       i             h        h
                Refused        d       i             h        i
                Deferred       d       i             h        i
                Woken          d       h             h        h

                """
            );

    [Fact]
    public void Should_hold_for_a_Slack_notification() =>
        Table(new SlackNotificationStateMachine(new(null!, null!, null!, null!, null!)))
            .ShouldBe(
                """
                event                missing Open Ended
                BatchProgressed      c       h    h
                RepositoryProgressed d       h    i
                Posted               d       h    i
                Deferred             d       h    i
                Refused              d       h    i
                Woken                d       h    i

                """
            );

    [Fact]
    public void Should_hold_for_a_server() =>
        Table(new ServerDeploymentStateMachine(new(null!, null!, null!, null!, null!, null!, null!)))
            .ShouldBe(
                """
                event           missing Idle Settling Deploying
                Queued          c       h    h        h
                Moved           c       h    h        h
                Steered         c       h    h        h
                Started         d       i    i        h
                Deferred        d       i    i        h
                DeploymentEnded d       i    i        h
                Woken           d       h    h        h

                """
            );

    [Fact]
    public void Should_hold_for_notices_of_deployments() =>
        Table(new DeploymentNoticesStateMachine(new(null!, null!, null!, null!)))
            .ShouldBe(
                """
                event      missing Open
                Progressed c       h
                Posted     d       h
                Deferred   d       h
                Refused    d       h
                Woken      d       h

                """
            );

    static string Table<TSaga>(MassTransitStateMachine<TSaga> machine)
        where TSaga : class, SagaStateMachineInstance
    {
        var states = machine.States.Where(x => x.Name is not ("Initial" or "Final")).Cast<State<TSaga>>().ToList();
        var width = machine.Events.Max(x => x.Name.Length);
        var table = new StringBuilder()
            .Append("event".PadRight(width))
            .Append(" missing ")
            .AppendJoin(' ', states.Select(x => x.Name))
            .Append('\n');
        foreach (
            var @event in machine
                .GetType()
                .GetProperties()
                .Where(x => x.PropertyType.IsAssignableTo(typeof(Event)))
                .Select(x => (Event)x.GetValue(machine)!)
        )
        {
            var row = new StringBuilder(@event.Name.PadRight(width))
                .Append(' ')
                .Append(Missing(machine, @event).PadRight("missing".Length));
            foreach (var state in states)
            {
                row.Append(' ').Append(Cell(state, @event).PadRight(state.Name.Length));
            }

            table.Append(row.ToString().TrimEnd()).Append('\n');
        }

        return table.ToString();
    }

    static string Cell<TSaga>(State<TSaga> state, Event @event)
        where TSaga : class, SagaStateMachineInstance =>
        !state.Events.Contains(@event) ? "."
        : Ignored(state).Contains(@event) ? "i"
        : "h";

    // MassTransit chooses the policy of a message without an instance by whether the initial state handles it.
    static string Missing<TSaga>(MassTransitStateMachine<TSaga> machine, Event @event)
        where TSaga : class, SagaStateMachineInstance
    {
        var correlation = machine.Correlations.Single(x => typeof(Event<>).MakeGenericType(x.DataType).IsInstanceOfType(@event));
        var policy = correlation.GetType().GetProperty("Policy")!.GetValue(correlation)!.GetType().Name;
        return policy.StartsWith("NewOrExisting", StringComparison.Ordinal) ? "c"
            : policy.StartsWith("AnyExisting", StringComparison.Ordinal) ? "d"
            : policy;
    }

    // The ignored events of a state are not public.
    static IEnumerable<Event> Ignored<TSaga>(State<TSaga> state)
        where TSaga : class, SagaStateMachineInstance =>
        (
            (IDictionary)state.GetType().GetField("_ignoredEvents", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(state)!
        ).Keys.Cast<Event>();
}
