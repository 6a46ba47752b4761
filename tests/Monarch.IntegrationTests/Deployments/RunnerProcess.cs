using System.Collections;
using System.Globalization;
using Monarch.Testing;
using Monarch.Tests.Deployments;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>
/// A process that runs deployments, one after the other, with leases that can always be renewed. After each it writes the number of open
/// descriptors.
/// </summary>
static class RunnerProcess
{
    public const string Command = "--run-a-deployment";

    public static Task<ChildProcess> StartAsync(
        string command,
        string lease,
        int count = 1,
        params (string Key, string Value)[] environment
    )
    {
        var all = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(x => (string)x.Key, x => (string?)x.Value ?? "");
        foreach (var (key, value) in environment)
        {
            all[key] = value;
        }

        return ChildProcess.StartAsync("dotnet", [typeof(RunnerProcess).Assembly.Location, Command, command, lease, $"{count}"], all);
    }

    public static async Task<int> RunAsync(string[] args)
    {
        await using var host = await RunnerHost.StartAsync(new FakeLeases(), args[0], ("USHER_LEASE", args[1]));
        for (var number = 0; number < int.Parse(args[2], CultureInfo.InvariantCulture); number++)
        {
            await host.RunAsync();
            await Console.Out.WriteLineAsync($"{Directory.GetFiles("/proc/self/fd").Length}");
        }

        return 0;
    }
}
