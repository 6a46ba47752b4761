using Monarch.IntegrationTests.Chaos;
using Monarch.IntegrationTests.Deployments;
using Monarch.IntegrationTests.RateBudget;
using Monarch.IntegrationTests.Redis;
using Monarch.IntegrationTests.Workers;
using Monarch.Testing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Monarch.IntegrationTests;

/// <summary>The entry point that xunit would generate, and before it: tests that need a second process start this program again.</summary>
static class Program
{
    public const string HoldRedis = "--hold-redis";

    static Task<int> Main(string[] args) =>
        args switch
        {
            [TallyProcess.Command, .. var rest] => TallyProcess.RunAsync(rest),
            [WakingProcess.Command, .. var rest] => WakingProcess.RunAsync(rest),
            [ChaosCommand.Name, .. var rest] => ChaosCommand.RunAsync(rest),
            [LedgerProcess.Command, .. var rest] => LedgerProcess.RunAsync(rest),
            [BudgetProcess.Command, .. var rest] => BudgetProcess.RunAsync(rest),
            [RunnerProcess.Command, .. var rest] => RunnerProcess.RunAsync(rest),
            [HoldRedis] => HoldRedisAsync(),
            _ when args.Any(x => x is "--server" or "--internal-msbuild-node") => TestPlatformTestFramework.RunAsync(
                args,
                SelfRegisteredExtensions.AddSelfRegisteredExtensions
            ),
            _ => ConsoleRunner.Run(args),
        };

    static async Task<int> HoldRedisAsync()
    {
        await using var server = await RedisServer.StartAsync();
        await Console.Out.WriteLineAsync($"{server.Port}");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        return 0;
    }
}
