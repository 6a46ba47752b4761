using System.Globalization;
using Monarch.Sandbox.Model;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>Writes everything that helps to find the cause of a failed round to its own folder.</summary>
sealed class Evidence(ChaosFleet fleet, RoundResult result, IEnumerable<string> diary)
{
    readonly string _folder = Path.Combine(
        Artifacts(),
        "chaos",
        string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-seed-{result.Seed}")
    );

    /// <returns>The folder.</returns>
    public async Task<string> WriteAsync()
    {
        Directory.CreateDirectory(_folder);
        var requests = fleet.Sandbox.LatestRequests();
        await WriteAsync(
            "round.txt",
            [RoundResult.Heads, result.Row(1), "", .. result.Faults, "", "Kills, by the plan's and the true time:", .. diary]
        );
        await WriteAsync("offending.txt", result.Targets.SelectMany(target => Offending(target, requests)));
        await WriteAsync("targets.txt", ChaosFleet.Targets.Prepend(ChaosTemplate.Name).SelectMany(Issues));
        await WriteAsync("requests.txt", requests.Select(Line));
        await WriteAsync(
            "slack.txt",
            fleet.Sandbox.SlackMessages().Select(x => $"{x.PostedAt:HH:mm:ss.fff} {x.Channel} {x.Ts}, {x.Edits.Count} edits: {x.Text}")
        );
        await WriteAsync(
            "queues.txt",
            (await fleet.Broker.Management.QueueDepthsAsync(fleet.VirtualHost)).Select(x => $"{$"{x.Value}".PadLeft(6)} {x.Key}")
        );
        await WriteAsync("redis.txt", await RedisAsync());
        foreach (var replica in fleet.Replicas)
        {
            foreach (var (life, log) in replica.Logs.Index())
            {
                await WriteAsync($"{replica.Name}-life-{life + 1}.log", [log]);
            }
        }

        return _folder;
    }

    Task WriteAsync(string name, IEnumerable<string> lines) =>
        File.WriteAllLinesAsync(Path.Combine(_folder, name), lines, CancellationToken.None);

    // Each issue with its copies and its requests to GitHub; the look-ups in between are in requests.txt.
    IEnumerable<string> Offending(Comparison target, IReadOnlyList<LoggedRequest> requests)
    {
        var repository = fleet.Sandbox.Repository(target.Target);
        foreach (var title in target.Offending)
        {
            yield return $"{title}, in {target.Target} ({repository.Id})";
            foreach (var issue in repository.Issues!.Where(issue => issue.Title == title))
            {
                yield return $"  created {issue.CreatedAt:HH:mm:ss.fff} as {issue.Number}: {issue.Body?.Split('\n')[^1]}";
            }

            var addresses = repository
                .Issues!.Where(issue => issue.Title == title)
                .Select(issue => string.Create(CultureInfo.InvariantCulture, $"/{repository.Id}/issues/{issue.Number}"))
                .ToList();
            foreach (
                var request in requests.Where(x =>
                    addresses.Exists(address => $"{x.Path}/".Contains($"{address}/", StringComparison.Ordinal))
                    || (x.Body.Contains($"\"{title}\"", StringComparison.Ordinal) && IsTo(x, repository))
                )
            )
            {
                yield return $"  asked {Line(request)}";
            }
        }
    }

    static bool IsTo(LoggedRequest request, RepositoryView repository) =>
        request.Path.Contains($"/{repository.FullName}/", StringComparison.OrdinalIgnoreCase)
        || request.Path.Contains(string.Create(CultureInfo.InvariantCulture, $"/repositories/{repository.Id}/"), StringComparison.Ordinal);

    IEnumerable<string> Issues(string target)
    {
        var repository = fleet.Sandbox.Repository(target);
        return
        [
            $"{target} ({repository.Id})",
            .. repository.Issues!.Select(x =>
                $"{x.CreatedAt:HH:mm:ss.fff} {$"{x.Number}".PadLeft(4)} {x.Title}, labels [{string.Join(", ", x.Labels)}], milestone {x.Milestone ?? "none"}, parent {x.Parent ?? "none"}, sub-issues [{string.Join(", ", x.SubIssues)}], blocked by [{string.Join(", ", x.BlockedBy)}]: {x.Body?.ReplaceLineEndings(" ")}"
            ),
        ];
    }

    static string Line(LoggedRequest request) =>
        $"{request.BeganAt:HH:mm:ss.fff}–{request.EndedAt:HH:mm:ss.fff} {$"{request.Status}".PadLeft(3)} {request.Method} {request.Path} {request.Body.ReplaceLineEndings(" ")}";

    async Task<IEnumerable<string>> RedisAsync()
    {
        var lines = new List<string>();
        foreach (
            var key in (await fleet.RedisAsync("KEYS", "monarch:*"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal)
        )
        {
            var value = await fleet.RedisAsync("TYPE", key) switch
            {
                "hash" => fleet.RedisAsync("HGETALL", key),
                "zset" => fleet.RedisAsync("ZRANGE", key, "0", "-1", "WITHSCORES"),
                "stream" => fleet.RedisAsync("XRANGE", key, "-", "+"),
                _ => fleet.RedisAsync("GET", key),
            };
            lines.AddRange([$"{key}:", await value, ""]);
        }

        return lines;
    }

    // Next to the solution, independent of the output folder; below the output folder without a solution.
    static string Artifacts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monarch.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts");
    }
}
