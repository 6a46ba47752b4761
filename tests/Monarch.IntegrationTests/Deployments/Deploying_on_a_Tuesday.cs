using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Monarch.Cli.Clients;
using Monarch.Contracts.Deployments;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Tests.Deployments;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>
/// The moves of a Tuesday at 20 times their speed, over HTTP, RabbitMQ and Redis, with real commands and workers that are killed.
/// </summary>
public sealed class Deploying_on_a_Tuesday(Servers servers)
{
    const int Faster = 20;

    // Records what it deploys and when, and detects a concurrent one of the same server.
    const string Script = """
        #!/bin/sh
        server=$1; shift
        for other in "$RUNS/$server".*; do
          [ -e "$other" ] && kill -0 "${other##*.}" 2>/dev/null && echo "overlap $server $$ ${other##*.}" >> "$RUNS/log"
        done
        touch "$RUNS/$server.$$"
        echo "start $server $$ $(date +%s%3N) $*" >> "$RUNS/log"
        sleep 0.4
        echo "end $server $$ $(date +%s%3N)" >> "$RUNS/log"
        rm "$RUNS/$server.$$"
        """;

    readonly Dictionary<(string Server, int Number), long> _lastMoves = [];

    [Fact]
    public async Task Should_deploy_every_moved_issue_without_overlaps_on_a_server()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["deploy.sh"], Script, Token);
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync());
        var port = FreePort.Next();
        foreach (var (key, value) in Settings(directory))
        {
            fleet.Settings[key] = value;
        }

        await fleet.StartAsync("bridge", untilReady: true, ("USHER_PORT", $"{port}"));
        var workers = new List<MonarchProcess> { (await fleet.StartAsync("workers")).Process, (await fleet.StartAsync("workers")).Process };
        var address = new Uri($"http://127.0.0.1:{port}/");
        using var api = new UsherApi(address);
        using var http = new HttpClient { BaseAddress = address };

        var moving = MoveAsync(http);
        var random = new Random(4711);
        for (var kill = 0; kill < 3; kill++)
        {
            // During a deployment.
            await Until.TrueAsync(
                async () => (await api.ServersAsync(Token)).Any(server => server.State == ServerStatus.Deploying),
                "a deployment runs",
                state: () => fleet.Output
            );
            var victim = random.Next(workers.Count);
            await workers[victim].KillAsync();
            workers[victim] = (await fleet.StartAsync("workers", untilReady: false)).Process;
        }

        await moving;
        IReadOnlyList<ServerProgressed> shown = [];
        await Until.TrueAsync(
            async () =>
            {
                shown = await api.ServersAsync(Token);
                // A person resumes interrupted servers.
                foreach (var server in shown.Where(server => server.Pause?.Kind == PauseKind.Interrupted))
                {
                    await api.SteerAsync(server.Server, SteeringKind.Resume, new() { ["actor"] = "ann" }, Token);
                }

                return shown.Count == Tuesday.Projects.Count * 3
                    && shown.All(server => server is { State: ServerStatus.Idle, Issues.Count: 0 });
            },
            "every server is deployed",
            state: () => $"{string.Join('\n', shown.Where(server => server.State != ServerStatus.Idle))}\n{fleet.Output}"
        );

        var log = (await File.ReadAllLinesAsync(directory["log"], Token)).Select(line => line.Split(' ')).ToList();
        log.ShouldNotContain(line => line[0] == "overlap");
        var ended = log.Where(line => line[0] == "end").Select(line => (line[1], line[2])).ToHashSet();
        var runs = log.Where(line => line[0] == "start")
            .Select(line => (Server: line[1], Process: line[2], At: long.Parse(line[3], CultureInfo.InvariantCulture), Issues: line[4..]))
            .ToList();
        runs.ShouldAllBe(run => run.Issues.Distinct().Count() == run.Issues.Length);
        foreach (var (move, at) in _lastMoves)
        {
            runs.ShouldContain(
                run =>
                    run.Server == move.Server
                    && run.At >= at
                    && ended.Contains(new(run.Server, run.Process))
                    && run.Issues.Any(issue => issue.EndsWith($"-{move.Number}", StringComparison.Ordinal)),
                $"{move.Number} on {move.Server}"
            );
        }

        // Apart from interrupted ones at most as many as settling allows; moves may arrive slightly late.
        runs.Count.ShouldBeLessThanOrEqualTo(
            Tuesday
                .Moves.GroupBy(move => move.Server)
                .Sum(moves => Tuesday.FewestDeployments([.. moves.Select(move => move.At)], TimeSpan.FromSeconds(0.4 * Faster)) + 1)
                + runs.Count(run => !ended.Contains((run.Server, run.Process)))
        );
        await Until.TrueAsync(
            () =>
                shown.All(server =>
                    fleet
                        .Sandbox.SlackMessages()
                        .Any(message =>
                            message.Text.StartsWith($":white_check_mark: *{server.Server}*: deployed ", StringComparison.Ordinal)
                        )
                ),
            "every server is reported to Slack",
            state: () => string.Join('\n', fleet.Sandbox.SlackMessages().Select(message => message.Text))
        );
        (await http.GetAsync("messages/", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    async Task MoveAsync(HttpClient http)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var move in Tuesday.Moves)
        {
            // The pace of the teams.
            var left = (move.At / Faster) - TimeProvider.System.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, TimeProvider.System, Token);
            }

            var status = move.Status.ToString().ToLowerInvariant();
            _lastMoves[($"{status}.{move.Project.ToLowerInvariant()}.wwts.com", move.Number)] = TimeProvider
                .System.GetUtcNow()
                .ToUnixTimeMilliseconds();
            using var answer = await http.PostAsJsonAsync("messages/", new { issue_id = $"{move.Project}-{move.Number}", status }, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    static Dictionary<string, string> Settings(TemporaryDirectory directory) =>
        new()
        {
            ["USHER_PROJECTS"] = string.Join(',', Tuesday.Projects),
            ["USHER_QUIET"] = (Tuesday.Quiet.TotalSeconds / Faster).ToString(CultureInfo.InvariantCulture),
            ["USHER_MAX_WAIT"] = (Tuesday.MaxWait.TotalSeconds / Faster).ToString(CultureInfo.InvariantCulture),
            ["USHER_RUN"] = "true",
            ["USHER_COMMAND"] = $"sh {directory["deploy.sh"]} {{server}} {{issues}}",
            ["USHER_ENVIRONMENT"] = "PATH,RUNS",
            ["RUNS"] = directory.Path,
            ["USHER_LEASE"] = "5",
            ["USHER_RETRIES"] = "0",
            ["USHER_SLACK_CHANNEL"] = "C06GHMZB3M3",
        };
}
