using System.Globalization;
using MassTransit;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Redis;

/// <summary>Another process: counts every tally the given number of times.</summary>
static class TallyProcess
{
    public const string Command = "--count-tallies";

    public static Task<ChildProcess> StartAsync(RedisDatabase database, int times, IEnumerable<Guid> tallies) =>
        ChildProcess.StartAsync(
            "dotnet",
            [
                typeof(TallyProcess).Assembly.Location,
                Command,
                $"{database.Port}",
                $"{database.Number}",
                $"{times}",
                .. tallies.Select(x => $"{x:N}"),
            ]
        );

    public static async Task<int> RunAsync(string[] args)
    {
        var numbers = args.Take(3).Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToList();
        var tallies = args.Skip(3).Select(Guid.Parse).ToList();
        using var host = TallyHost.Build(new RedisDatabase(numbers[0], numbers[1]).With("VALKEY_TIMEOUT", "60"));
        var received = new Received();
        using var connection = host.Bus().ConnectReceiveObserver(received);
        await host.StartAsync();
        for (var i = 0; i < numbers[2]; i++)
        {
            await Task.WhenAll(tallies.Select(x => host.Bus().Publish(new CountOne(x))));
        }

        await Until.TrueAsync(() => received.Count == numbers[2] * tallies.Count, "all is counted", state: () => $"{received.Count} are");
        await host.StopAsync();
        return 0;
    }

    sealed class Received : IReceiveObserver
    {
        int _count;

        public int Count => Volatile.Read(ref _count);

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
            where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }
}
