using Monarch.Cli.Clients;
using Monarch.Contracts.Deployments;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>
/// The command of a deployment whose runner is killed or hangs, or whose Redis is unavailable, ends before another one starts.
/// </summary>
public sealed class Surviving_dead_processes(Servers servers) : IAsyncLifetime
{
    const string Server = "test.abc.wwts.com";

    // Runs until it is killed, unless the test ends it; its child shows that the whole group is killed.
    const string Script = """
        #!/bin/sh
        sh -c 'echo "$$" > "$RUNS/child"; exec sleep 600' &
        echo "start $$ $*" >> "$RUNS/log"
        while [ ! -e "$RUNS/end" ]; do sleep 0.05; done
        echo "end $$" >> "$RUNS/log"
        """;

    readonly TemporaryDirectory _runs = new();
    Fleet _fleet = null!;
    UsherApi _api = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }

        _runs.Dispose();
    }

    [Fact]
    public async Task Should_interrupt_the_server_when_the_only_process_is_killed_and_continue_on_resume()
    {
        await StartAsync(rabbitMq: null);
        var (usher, _) = await StartUsherAsync();
        await BeginAsync();

        await usher.KillAsync();
        await UntilGoneAsync();
        await StartUsherAsync();

        await UntilAsync(server => server.Pause?.Kind == PauseKind.Interrupted, "it is interrupted");
        await EndsWellAsync();
    }

    [Fact]
    public async Task Should_end_the_command_when_Redis_does_not_answer()
    {
        await StartAsync(rabbitMq: null);
        await StartUsherAsync();
        await BeginAsync();

        _fleet.Redis.Freeze();
        await UntilGoneAsync();
        _fleet.Redis.Thaw();

        await UntilAsync(server => server.Pause?.Kind == PauseKind.Interrupted, "it is interrupted");
        await EndsWellAsync();
    }

    [Fact]
    public async Task Should_end_the_command_of_a_hanging_runner_and_deploy_on_another_one()
    {
        await StartAsync(await servers.RabbitMqAsync());
        await StartUsherAsync("bridge");
        var (frozen, _) = await _fleet.StartAsync("workers");
        await BeginAsync();
        await _fleet.StartAsync("workers");

        frozen.Signal(UnixSignal.Stop);
        await UntilGoneAsync();
        await UntilAsync(server => server.Pause?.Kind == PauseKind.Interrupted, "it is interrupted");
        await EndsWellAsync();

        // Its view of the deployment is stale.
        frozen.Signal(UnixSignal.Continue);
        await Until.TrueAsync(
            () =>
                frozen.Output.Contains("the lease was lost", StringComparison.Ordinal)
                || frozen.Output.Contains("could not be renewed", StringComparison.Ordinal),
            "it notices",
            state: () => frozen.Output
        );
        (await ServerAsync()).State.ShouldBe(ServerStatus.Idle);
    }

    [Fact]
    public async Task Should_cancel_a_deployment_that_runs_in_another_process()
    {
        await StartAsync(await servers.RabbitMqAsync());
        await StartUsherAsync("bridge");
        await _fleet.StartAsync("workers");
        await BeginAsync();

        (await _api.SteerAsync(Server, SteeringKind.Cancel, new() { ["actor"] = "ann", ["reason"] = "wrong branch" }, Token))
            .Commands[0]
            .Actor.ShouldBe("ann");

        await UntilAsync(server => server.Pause is { Kind: PauseKind.Cancelled, Reason: "wrong branch" }, "it is cancelled");
        await UntilGoneAsync();
        await EndsWellAsync();
    }

    async Task StartAsync(Uri? rabbitMq)
    {
        await File.WriteAllTextAsync(_runs["deploy.sh"], Script, Token);
        _fleet = await Fleet.StartAsync(rabbitMq);
        foreach (
            var (key, value) in new Dictionary<string, string>
            {
                ["USHER_PROJECTS"] = "ABC",
                ["USHER_QUIET"] = "0.1",
                ["USHER_RUN"] = "true",
                ["USHER_COMMAND"] = $"sh {_runs["deploy.sh"]} {{server}} {{issues}}",
                ["USHER_ENVIRONMENT"] = "PATH,RUNS",
                ["USHER_LEASE"] = "4",
                ["VALKEY_TIMEOUT"] = "1",
                ["RUNS"] = _runs.Path,
            }
        )
        {
            _fleet.Settings[key] = value;
        }
    }

    async Task<(MonarchProcess Process, Uri? Web)> StartUsherAsync(string role = "usher")
    {
        var port = FreePort.Next();
        var started = await _fleet.StartAsync(role, untilReady: true, ("USHER_PORT", $"{port}"));
        _api?.Dispose();
        _api = new(new Uri($"http://127.0.0.1:{port}/"));
        return started;
    }

    async Task BeginAsync()
    {
        await _api.MoveAsync("ABC-1", "test", Token);
        await Until.TrueAsync(
            () => File.Exists(_runs["log"]) && File.Exists(_runs["child"]),
            "the command runs",
            state: () => _fleet.Output
        );
        await UntilAsync(server => server.State == ServerStatus.Deploying, "it is shown as deploying");
    }

    // The command, and the child that it has left behind.
    async Task UntilGoneAsync()
    {
        string[] processes =
        [
            (await File.ReadAllLinesAsync(_runs["log"], Token))[^1].Split(' ')[1],
            (await File.ReadAllTextAsync(_runs["child"], Token)).Trim(),
        ];
        await Until.TrueAsync(
            () => processes.All(id => !Directory.Exists($"/proc/{id}") || IsZombie(id)),
            "the command and its child are gone",
            state: () => _fleet.Output
        );
    }

    async Task EndsWellAsync()
    {
        await File.WriteAllTextAsync(_runs["end"], "", Token);
        await _api.SteerAsync(Server, SteeringKind.Resume, new() { ["actor"] = "ann" }, Token);
        await UntilAsync(
            server => server is { State: ServerStatus.Idle, Ended: [{ Outcome: DeploymentOutcome.Succeeded }, ..] },
            "it is deployed"
        );
        (await File.ReadAllLinesAsync(_runs["log"], Token)).Select(line => line.Split(' ')[0]).ShouldBe(["start", "start", "end"]);
    }

    async Task UntilAsync(Func<ServerProgressed, bool> condition, string what)
    {
        ServerProgressed? shown = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    return condition(shown = await ServerAsync());
                }
                catch (CommandFailedException)
                {
                    // Redis is unavailable.
                    return false;
                }
            },
            what,
            state: () => $"{shown}\n{_fleet.Output}"
        );
    }

    Task<ServerProgressed> ServerAsync() => _api.ServerAsync(Server, Token);

    static bool IsZombie(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
