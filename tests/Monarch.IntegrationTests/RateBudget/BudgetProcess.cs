using System.Globalization;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.IntegrationTests.RateBudget;

/// <summary>
/// One of several processes that create for some targets as fast as the budget allows. It writes one line per creation: its target, the
/// time of its grant, and the time of its answer.
/// </summary>
static class BudgetProcess
{
    public const string Command = "--race-for-grants";
    public const string Account = "raced";
    public const int Processes = 8;
    public const int Targets = 5;

    public static readonly BudgetRules Rules = new()
    {
        Minute = TimeSpan.FromMilliseconds(400),
        Hour = TimeSpan.FromSeconds(4),
        CreatesPerMinute = 25,
        CreatesPerHour = 150,
        Concurrency = 20,
        Lease = TimeSpan.FromSeconds(2),
        Grace = TimeSpan.FromSeconds(1),
    };

    public static Task<ChildProcess> StartAsync(RedisDatabase database, int number, TimeSpan duration) =>
        ChildProcess.StartAsync(
            "dotnet",
            [
                typeof(BudgetProcess).Assembly.Location,
                Command,
                $"{database.Port}",
                $"{database.Number}",
                $"{number}",
                $"{(int)duration.TotalMilliseconds}",
            ]
        );

    public static async Task<int> RunAsync(string[] args)
    {
        var numbers = args.Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToList();
        await using var redis = new RedisDatabase(numbers[0], numbers[1]).With("VALKEY_TIMEOUT", "60").Connect();
        var budget = new RedisBudget(redis, Rules);
        await AllHaveStartedAsync(redis);
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(numbers[3]);
        await Task.WhenAll(Enumerable.Range(numbers[2] * Targets, Targets).Select(target => CreateAsync(budget, target, end)));
        return 0;
    }

    static async Task AllHaveStartedAsync(RedisConnection redis)
    {
        var started = await redis.RunAsync(db => db.StringIncrementAsync("test:started"), CancellationToken.None);
        while (started < Processes)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
            started = (long)await redis.RunAsync(db => db.StringGetAsync("test:started"), CancellationToken.None);
        }
    }

    static async Task CreateAsync(RedisBudget budget, int target, DateTimeOffset end)
    {
        var time = TimeProvider.System;
        var random = new Random(target);
        var issue = 0;
        while (time.GetUtcNow() < end)
        {
            var answer = await budget.AskAsync(new(Account, BudgetKind.Create, $"{target}:{issue}"), CancellationToken.None);
            if (answer is BudgetAnswer.Wait wait)
            {
                await Task.Delay(wait.Time, time, CancellationToken.None);
                continue;
            }

            var grant = ((BudgetAnswer.Granted)answer).Grant;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time, CancellationToken.None);
            var answered = time.GetUtcNow();
            await budget.EndAsync(grant, new(BudgetEnd.Answered), CancellationToken.None);
            await Console.Out.WriteLineAsync($"{target} {grant.GrantedAt.Ticks} {answered.Ticks}");
            issue++;
        }
    }
}
