using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Workers.GitHub.Copying.Ledger;

namespace Monarch.IntegrationTests.Workers;

/// <summary>
/// One of two processes that request the same entry of the ledger concurrently, one entry after the other. It writes the numbers of the
/// granted ones.
/// </summary>
static class LedgerProcess
{
    public const string Command = "--race-for-entries";

    public static Task<ChildProcess> StartAsync(RedisDatabase database, LedgerKey key, int races) =>
        ChildProcess.StartAsync(
            "dotnet",
            [
                typeof(LedgerProcess).Assembly.Location,
                Command,
                $"{database.Port}",
                $"{database.Number}",
                $"{key.SourceRepositoryId}",
                $"{key.TargetRepositoryId}",
                $"{races}",
            ]
        );

    public static async Task<int> RunAsync(string[] args)
    {
        var numbers = args.Select(x => long.Parse(x, CultureInfo.InvariantCulture)).ToList();
        var key = new LedgerKey(numbers[2], numbers[3]);
        await using var redis = new RedisDatabase((int)numbers[0], (int)numbers[1]).With("VALKEY_TIMEOUT", "60").Connect();
        var ledger = new RedisLedger(redis, Options.Create(new LedgerOptions()));
        for (var number = 1; number <= numbers[4]; number++)
        {
            await WaitForBothAsync(redis, $"test:race:{number}");
            var attempt = new LedgerAttempt(key, number, Guid.NewGuid().ToString("N"));
            if (await ledger.BeginAsync(attempt, TimeSpan.FromMinutes(10), null, CancellationToken.None) is LedgerAnswer.Granted)
            {
                await Console.Out.WriteLineAsync($"{number}");
            }
        }

        return 0;
    }

    static async Task WaitForBothAsync(RedisConnection redis, string race)
    {
        var arrived = await redis.RunAsync(db => db.StringIncrementAsync(race), CancellationToken.None);
        while (arrived < 2)
        {
            arrived = (long)await redis.RunAsync(db => db.StringGetAsync(race), CancellationToken.None);
        }
    }
}
