using Monarch.Benchmarks.Contenders;

namespace Monarch.Benchmarks.Measuring;

/// <summary>Many migrations that are requested one shortly after the other.</summary>
/// <param name="Requests">Each request: when it was made, and when its first and its last issue were created (UTC); oldest first.</param>
/// <param name="Created">When each issue was created (UTC), oldest first.</param>
/// <param name="Processes">Each process with its highest memory, in bytes.</param>
/// <param name="Lists">The durations of repeated API calls that list a hundred migrations.</param>
/// <param name="RedisPeak">How much more Redis used at most while they ran, in bytes.</param>
/// <param name="RedisKept">What is left of that after the end, in bytes.</param>
sealed record CrowdTrial(
    IReadOnlyList<(DateTimeOffset Asked, DateTimeOffset First, DateTimeOffset Last)> Requests,
    IReadOnlyList<DateTimeOffset> Created,
    IReadOnlyList<(string Name, long PeakMemory)> Processes,
    IReadOnlyList<TimeSpan> Lists,
    long RedisPeak,
    long RedisKept
)
{
    const int ReadAtOnce = 16;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Issues a second from the first creation to the last.</summary>
    public double Rate => Created.Count / (Created[^1] - Created[0]).TotalSeconds;

    /// <summary>
    /// For each request how long its first issue took, as a share of the time until as many issues were created as all requests up to it
    /// wanted: 1 is as late as it may come in a queue in which no later request is served first.
    /// </summary>
    public IReadOnlyList<double> Waits =>
        [
            .. Requests.Select(
                (request, i) => (request.First - request.Asked) / (Created[((i + 1) * Created.Count / Requests.Count) - 1] - request.Asked)
            ),
        ];

    /// <param name="hosts">The hosts.</param>
    /// <param name="sandbox">Their GitHub.</param>
    /// <param name="migrations">How many are requested.</param>
    /// <param name="targets">Repositories of each of them.</param>
    /// <param name="issues">Issues of the template.</param>
    /// <param name="within">In which time they are requested.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Not every issue was copied exactly once.</exception>
    public static async Task<CrowdTrial> RunAsync(
        SeparateHosts hosts,
        SandboxProcess sandbox,
        int migrations,
        int targets,
        int issues,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        await using var redis = await RedisMemory.OpenAsync(hosts.Redis);
        var source = await sandbox.AddSourceAsync(issues, cancellationToken);
        var names = (await sandbox.AddTargetsAsync(migrations * targets, cancellationToken)).Chunk(targets).ToList();
        var usedBefore = await redis.UsedAsync();
        foreach (var process in hosts.Hosts)
        {
            process.ForgetPeakMemory();
        }

        var lists = new List<TimeSpan>();
        var (asked, peak) = await redis.WatchAsync(RunAllAsync, cancellationToken);
        var kept = await redis.UsedAsync() - usedBefore;
        var created = new List<DateTimeOffset>[migrations];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, migrations, options, async (i, token) => created[i] = await CreatedAsync(names[i], token));
        return new(
            [.. asked.Select((at, i) => (at, created[i][0], created[i][^1]))],
            [.. created.SelectMany(times => times).Order()],
            [.. hosts.Hosts.Select(process => (process.Name, process.PeakMemory))],
            lists,
            peak - usedBefore,
            kept
        );

        async Task<List<DateTimeOffset>> RunAllAsync()
        {
            var requesting = RequestAllAsync();
            while (!requesting.IsCompleted || !await HaveEndedAsync())
            {
                var (_, _, took) = await hosts.ListAsync(0, cancellationToken);
                lists.Add(took);
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }

            return await requesting;
        }

        async Task<List<DateTimeOffset>> RequestAllAsync()
        {
            var times = new List<DateTimeOffset>();
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < migrations; i++)
            {
                var early = (within * i / migrations) - TimeProvider.System.GetElapsedTime(began);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, TimeProvider.System, cancellationToken);
                }

                times.Add(await hosts.AskAsync(source, names[i], cancellationToken));
            }

            return times;
        }

        async Task<bool> HaveEndedAsync()
        {
            var seen = 0;
            while (seen < migrations)
            {
                var (listed, ended, _) = await hosts.ListAsync(seen, cancellationToken);
                if (ended < listed || listed == 0)
                {
                    return false;
                }

                seen += listed;
            }

            return true;
        }

        async Task<List<DateTimeOffset>> CreatedAsync(IReadOnlyList<string> repositories, CancellationToken token)
        {
            var times = new List<DateTimeOffset>();
            foreach (var name in repositories)
            {
                var target = await sandbox.ReadAsync(name, token);
                if (target.Count != issues)
                {
                    throw new InvalidOperationException($"{target.Count} issues in {name} instead of {issues}.");
                }

                times.AddRange(target.Issues!.Select(issue => issue.CreatedAt));
            }

            return [.. times.Order()];
        }
    }
}
