using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Servers;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Deploying_after_many_moves : ServerTest
{
    static readonly TimeSpan Duration = TimeSpan.FromMinutes(20);

    readonly List<(RunDeployment Run, DateTimeOffset From, DateTimeOffset To)> _runs = [];
    int _seen;

    [Fact]
    public async Task Should_deploy_each_server_as_rarely_as_settling_allows()
    {
        // Renewals are covered by the tests of the runner.
        Deployments.LeaseSeconds = 3600;
        foreach (var move in Tuesday.Moves)
        {
            await PlayUntilAsync(FakeTime.Start + move.At);
            await HandleAsync(
                new QueueIssues
                {
                    ServerId = move.Server,
                    Project = move.Project,
                    Status = move.Status,
                    Moves =
                    [
                        new()
                        {
                            Number = move.Number,
                            MovedAt = Time.GetUtcNow(),
                            IntakeId = $"{move.At.TotalMilliseconds}-0",
                        },
                    ],
                }
            );
        }

        await PlayUntilAsync(FakeTime.Start.AddDays(1));

        foreach (var moves in Tuesday.Moves.GroupBy(move => move.Server))
        {
            var runs = _runs.Where(run => run.Run.ServerId == moves.Key).ToList();
            runs.Count.ShouldBeInRange(
                1,
                Tuesday.FewestDeployments([.. moves.Select(move => move.At)], Duration),
                $"{moves.First().Project} {moves.First().Status}"
            );
            moves.ShouldAllBe(move =>
                runs.Exists(run => run.From >= FakeTime.Start + move.At && run.Run.Issues.Any(issue => issue.Number == move.Number))
            );
            runs.ShouldAllBe(run => run.Run.Issues.DistinctBy(issue => issue.Number).Count() == run.Run.Issues.Count);
            runs.Zip(runs.Skip(1)).ShouldAllBe(two => two.First.To <= two.Second.From);
            (await FindAsync<ServerDeploymentState>(moves.Key))!.EndedAt.ShouldNotBeNull();
        }

        _runs.ShouldAllBe(run => _runs.Count(other => other.From <= run.From && other.To > run.From) <= Deployments.AtOnce);
    }

    // Handles due wake-ups and ends of deployments, in their order.
    async Task PlayUntilAsync(DateTimeOffset end)
    {
        while (true)
        {
            await RunAsync();
            var sagas = new List<ServerDeploymentState>();
            foreach (var server in Tuesday.Moves.Select(move => move.Server).Distinct())
            {
                if (await FindAsync<ServerDeploymentState>(server) is { } saga)
                {
                    sagas.Add(saga);
                }
            }

            var wake = sagas.Where(saga => saga.WakeAt is not null).MinBy(saga => saga.WakeAt);
            var ending = _runs.Where(run => run.To > Time.GetUtcNow()).OrderBy(run => run.To).FirstOrDefault();
            if (ending.Run is not null && (wake is null || ending.To <= wake.WakeAt) && ending.To <= end)
            {
                Time.SetUtcNow(ending.To);
                var ended = Ended(ending.Run, DeploymentOutcome.Succeeded);
                await Leases.EndAsync(ended, TestContext.Current.CancellationToken);
                await HandleAsync(ended);
            }
            else if (wake?.WakeAt <= end)
            {
                if (wake.WakeAt > Time.GetUtcNow())
                {
                    Time.SetUtcNow(wake.WakeAt.Value);
                }

                await HandleAsync(new WakeServer { ServerId = wake.CorrelationId, DueAt = wake.WakeAt.Value });
            }
            else
            {
                Time.SetUtcNow(end);
                return;
            }
        }
    }

    async Task RunAsync()
    {
        foreach (var run in Requested.Skip(_seen).ToList())
        {
            _seen++;
            switch (
                await Leases.TryAcquireAsync(
                    run.ServerId,
                    run.DeploymentId,
                    run.Number,
                    Guid.NewGuid(),
                    TestContext.Current.CancellationToken
                )
            )
            {
                case LeaseRequest.Acquired:
                    _runs.Add((run, Time.GetUtcNow(), Time.GetUtcNow() + Duration));
                    await HandleAsync(
                        new DeploymentStarted
                        {
                            ServerId = run.ServerId,
                            DeploymentId = run.DeploymentId,
                            StartedAt = Time.GetUtcNow(),
                            Issues = run.Issues,
                        }
                    );
                    break;
                case LeaseRequest.Deferred:
                    await HandleAsync(new DeploymentDeferred { ServerId = run.ServerId, DeploymentId = run.DeploymentId });
                    break;
            }
        }
    }
}
