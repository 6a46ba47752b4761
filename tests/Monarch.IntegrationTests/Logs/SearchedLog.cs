using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Logging.Store;
using Serilog.Events;
using Xunit;

namespace Monarch.IntegrationTests.Logs;

/// <summary>A line a second for fifty minutes, over midnight, from two processes.</summary>
public sealed class SearchedLog(Servers servers) : IAsyncLifetime
{
    public const int Lines = 3000;

    static readonly LogEventLevel[] Levels = Enum.GetValues<LogEventLevel>();
    static readonly string[] Repositories = [.. Enumerable.Range(0, 7).Select(number => $"Teams/team-{number}")];

    public static DateTimeOffset Start { get; } = new(2026, 3, 10, 23, 30, 0, TimeSpan.Zero);

    public static IReadOnlyList<Guid> Migrations { get; } = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];

    internal StoredLog Bridge { get; private set; } = null!;

    internal StoredLog Workers { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await servers.RedisAsync();
        var time = new FakeTimeProvider(Start.AddHours(1));
        (Bridge, Workers) = (StoredLog.On(database, "bridge", time), StoredLog.On(database, "workers", time));
        for (var i = 0; i < Lines; i++)
        {
            (i % 3 == 0 ? Bridge : Workers).At(
                Start.AddSeconds(i),
                Levels[i % Levels.Length],
                "line {Number:l} of {BatchId} in {Target}: {Text}",
                $"#{i}#",
                Migrations[i % Migrations.Count],
                Repositories[i % Repositories.Length],
                i % 100 == 0 ? "Needle" : "hay"
            );
        }

        await Bridge.UntilWrittenAsync(Lines / 3);
        await Workers.UntilWrittenAsync(Lines - (Lines / 3));
    }

    public async ValueTask DisposeAsync()
    {
        await Bridge.DisposeAsync();
        await Workers.DisposeAsync();
    }

    internal static int Number(LogLine line) => int.Parse(line.Message.Split('#')[1], CultureInfo.InvariantCulture);
}
