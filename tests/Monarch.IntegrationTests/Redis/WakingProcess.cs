using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Redis;

/// <summary>Another process: sweeps the wake-ups of tallies until it is killed, and writes a line for each that it has handled.</summary>
static class WakingProcess
{
    public const string Command = "--wake-tallies";
    const string Woken = "woken ";

    public static Task<ChildProcess> StartAsync(RedisDatabase database) =>
        ChildProcess.StartAsync("dotnet", [typeof(WakingProcess).Assembly.Location, Command, $"{database.Port}", $"{database.Number}"]);

    /// <summary>The tallies whose wake-ups it has handled so far, including duplicates.</summary>
    public static IEnumerable<Guid> Handled(this ChildProcess process) =>
        process
            .Output.Split('\n')
            .Where(x => x.StartsWith(Woken, StringComparison.Ordinal))
            .Select(x => Guid.Parse(x.AsSpan(Woken.Length)));

    public static async Task<int> RunAsync(string[] args)
    {
        var numbers = args.Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToList();
        using var host = TallyHost.Build(
            new RedisDatabase(numbers[0], numbers[1]).With("VALKEY_TIMEOUT", "1"),
            wakeUps => wakeUps.Lease = TimeSpan.FromSeconds(2)
        );
        using var connection = host.Bus().ConnectConsumeObserver(new Teller());
        await host.RunAsync();
        return 0;
    }

    sealed class Teller : IConsumeObserver
    {
        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class =>
            context.Message is WakeTally wake ? Console.Out.WriteLineAsync($"{Woken}{wake.TallyId}") : Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
