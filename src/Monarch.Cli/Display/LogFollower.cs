using System.Globalization;
using Monarch.Bridge.Api;
using Monarch.Cli.Clients;
using Monarch.Hosting;

namespace Monarch.Cli.Display;

/// <summary>Shows the newest lines, and then each new one.</summary>
sealed class LogFollower(
    LogApi api,
    IReadOnlyDictionary<string, string> filters,
    int limit,
    LogPrinter printer,
    TextWriter errors,
    TimeProvider time
)
{
    const int PageLength = 1000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How far behind the newest line a new line may be.</summary>
    static readonly TimeSpan Latest = TimeSpan.FromMinutes(2);

    readonly Dictionary<string, DateTimeOffset> _shown = [];
    DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <exception cref="CommandFailedException">
    /// The log cannot be read at first. Later it waits for an unavailable API.
    /// </exception>
    public async Task RunAsync(bool follow, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        Show(await NewestAsync(cancellationToken));
        if (!follow)
        {
            return;
        }

        // Without any line yet, only lines after this start are new.
        _newest = _newest > began - Latest ? _newest : began;
        var isWaiting = false;
        while (true)
        {
            await Task.Delay(Pause, time, cancellationToken);
            try
            {
                Show(await NewAsync(cancellationToken));
                isWaiting = false;
            }
            catch (CommandFailedException e) when (e.ExitCode == ExitCodes.Unavailable)
            {
                if (!isWaiting)
                {
                    await errors.WriteLineAsync($"monarch: {e.Message} Retrying until it answers.");
                }

                isWaiting = true;
            }

            foreach (var old in _shown.Where(line => line.Value < _newest - (2 * Latest)).ToList())
            {
                _shown.Remove(old.Key);
            }
        }
    }

    async Task<List<LogView>> NewestAsync(CancellationToken cancellationToken)
    {
        var lines = new List<LogView>();
        string? cursor = null;
        do
        {
            var page = await ReadAsync(filters, Math.Clamp(limit - lines.Count, 1, PageLength), cursor, cancellationToken);
            lines.AddRange(page.Lines);
            cursor = page.Cursor;
        } while (lines.Count < limit && cursor is not null);
        return lines;
    }

    async Task<List<LogView>> NewAsync(CancellationToken cancellationToken)
    {
        var from = new Dictionary<string, string>(filters)
        {
            ["from"] = (_newest - Latest).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        };
        var lines = new List<LogView>();
        string? cursor = null;
        bool hasNew;
        do
        {
            // Newest lines come first: no new line follows a page without one, unless the page holds lines from a clock that is ahead.
            var page = await ReadAsync(from, PageLength, cursor, cancellationToken);
            var found = page.Lines.Where(line => !_shown.ContainsKey(line.Id)).ToList();
            hasNew = found.Count > 0 || page.Lines.Count == 0 || page.Lines[^1].Time > time.GetUtcNow();
            lines.AddRange(found);
            cursor = page.Cursor;
        } while (hasNew && cursor is not null);
        return lines;
    }

    Task<LogList> ReadAsync(IReadOnlyDictionary<string, string> parameters, int count, string? cursor, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(parameters) { ["limit"] = count.ToString(CultureInfo.InvariantCulture) };
        if (cursor is not null)
        {
            all["cursor"] = cursor;
        }

        return api.ReadAsync(all, cancellationToken);
    }

    void Show(IEnumerable<LogView> lines)
    {
        var now = time.GetUtcNow();
        foreach (var line in lines.OrderBy(line => line.Time))
        {
            if (_shown.TryAdd(line.Id, line.Time))
            {
                printer.Write(line);
                // A line from a clock that is ahead does not make the lines of other processes late.
                var seen = line.Time < now ? line.Time : now;
                _newest = seen > _newest ? seen : _newest;
            }
        }
    }
}
