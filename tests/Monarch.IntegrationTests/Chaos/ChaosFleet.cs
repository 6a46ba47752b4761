using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>The participants of a round: a sandbox with faults, a private Redis and virtual host, and the processes.</summary>
sealed class ChaosFleet : IAsyncDisposable
{
    const int Teams = 4;

    ChaosFleet(SandboxServer sandbox, RedisServer redis, RabbitMqServer broker, string virtualHost)
    {
        (Sandbox, Redis, Broker, VirtualHost) = (sandbox, redis, broker, virtualHost);
        var settings = Settings();
        Bridges = [.. Enumerable.Range(0, KillPlan.Bridges).Select(n => new Replica("bridge", n, settings))];
        Workers = [.. Enumerable.Range(0, KillPlan.Workers).Select(n => new Replica("workers", n, settings))];
    }

    public SandboxServer Sandbox { get; }

    public RedisServer Redis { get; }

    public RabbitMqServer Broker { get; }

    public string VirtualHost { get; }

    public IReadOnlyList<Replica> Bridges { get; }

    public IReadOnlyList<Replica> Workers { get; }

    public IEnumerable<Replica> Replicas => Bridges.Concat(Workers);

    public static IReadOnlyList<string> Targets { get; } = [.. Enumerable.Range(1, Teams).Select(n => $"stevebrownlee/rare-test-{n}")];

    public static async Task<ChaosFleet> StartAsync(RabbitMqServer broker, int seed)
    {
        var virtualHost = $"chaos-{seed}-{Guid.NewGuid():N}";
        await broker.Management.CreateVirtualHostAsync(virtualHost);
        var sandbox = await SandboxServer.StartAsync(new() { Faults = Faults(seed) });
        sandbox.Seed(ChaosTemplate.Create());
        foreach (var target in Targets)
        {
            sandbox.Seed(new() { FullName = target });
        }

        var redis = await RedisServer.StartAsync(new() { AppendOnly = true, EverySecond = true });
        await OldEpoch.WriteAsync(redis.Port);
        var fleet = new ChaosFleet(sandbox, redis, broker, virtualHost);
        await Task.WhenAll(fleet.Replicas.Select(x => x.StartAsync()));
        return fleet;
    }

    /// <summary>What redis-cli prints for a command.</summary>
    public async Task<string> RedisAsync(params string[] command)
    {
        await using var cli = await ChildProcess.StartAsync("redis-cli", ["-p", $"{Redis.Port}", .. command]);
        (await cli.WaitForExitAsync()).ShouldBe(0, cli.Output);
        return cli.Output.Trim();
    }

    /// <summary>Whether no message is waiting or in flight; failed messages are not counted.</summary>
    public async Task<bool> IsQuietAsync() =>
        (await Broker.Management.QueueDepthsAsync(VirtualHost)).All(x => x.Value == 0 || IsOfFailures(x.Key));

    /// <summary>A sentence for each queue of failed messages that is not empty.</summary>
    public async Task<IEnumerable<string>> FailedMessagesAsync() =>
        (await Broker.Management.QueueDepthsAsync(VirtualHost))
            .Where(x => x.Value > 0 && IsOfFailures(x.Key))
            .Select(x => $"{x.Value} messages are in {x.Key}.");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Replicas.Select(x => x.DisposeAsync().AsTask()));
        await Redis.DisposeAsync();
        await Sandbox.DisposeAsync();
        await Broker.Management.DeleteVirtualHostAsync(VirtualHost);
    }

    static bool IsOfFailures(string queue) =>
        queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    static SandboxFaults Faults(int seed) =>
        new()
        {
            CreatedThenBadGateway = 0.05,
            CreatedThenCut = 0.05,
            CreatedThenHang = 0.05,
            ServerErrors = 0.05,
            Throttles = 0.02,
            ThrottleRetryAfterSeconds = 1,
            ListingLagMilliseconds = 2000,
            EmptyListings = 0.05,
            PaceRefusals = 0.02,
            NotFounds = 0.01,
            LatencyMilliseconds = 15,
            Seed = seed,
        };

    // All delays are short, and keep their proportions.
    Dictionary<string, string> Settings() =>
        new(WithoutLimits.WithShortWaits)
        {
            ["VALKEY_HOST"] = "127.0.0.1",
            ["VALKEY_PORT"] = $"{Redis.Port}",
            ["VALKEY_TIMEOUT"] = "2",
            ["RABBITMQ_URL"] = new Uri(Broker.AmqpUri, VirtualHost).ToString(),
            ["GITHUB_API_URL"] = Sandbox.GitHubUrl.ToString(),
            ["GH_PAT"] = "a-token",
            ["GITHUB_TIMEOUT"] = "2",
            ["GITHUB_SETTLE"] = "2.5",
            ["GITHUB_BREAKER_RESET"] = "1",
            ["RUN_SECONDS"] = "0.3",
            ["MIGRATION_STALL_AFTER"] = "4",
            ["MIGRATION_RETRY_DELAY"] = "0.2",
            ["INTAKE_RESEND_AFTER"] = "1",
            ["SLACK_API_URL"] = Sandbox.SlackUrl.ToString(),
            ["SLACK_BOT_TOKEN"] = "a-bot",
            ["SLACK_UPDATE_INTERVAL"] = "0.5",
            ["SLACK_MESSAGE_INTERVAL"] = "0",
            ["SLACK_UPDATES_PER_MINUTE"] = "0",
            // Longer than the random 404 responses last.
            ["GITHUB_NEW_REPO_GRACE"] = "20",
            ["MONARCH_LOG_LEVEL"] = "Information",
            // Processes that live for seconds gain nothing from profiling themselves.
            ["DOTNET_TieredPGO"] = "0",
        };
}
