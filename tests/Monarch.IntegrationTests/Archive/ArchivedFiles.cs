using System.Globalization;
using System.Text.Json;
using Monarch.Testing;
using Monarch.Workers.Archive.Events;

namespace Monarch.IntegrationTests.Archive;

/// <summary>The files of an archive, compared with what was published.</summary>
sealed class ArchivedFiles
{
    static readonly string[] Keys = ["expense.created", "expense.updated", "expense.deleted"];

    readonly Dictionary<(string Publisher, int Number), List<string>> _files = [];
    readonly List<string> _faults = [];

    ArchivedFiles() { }

    /// <summary>The problems of the files themselves.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>How many events have a file.</summary>
    public int Count => _files.Count;

    /// <summary>The path of a script beside the tests.</summary>
    public static string Script(params string[] path) => Repository.PathOf(["tests", "Monarch.IntegrationTests", "Archive", .. path]);

    /// <summary>Reads the folder, of the layout <c>flat</c>.</summary>
    public static async Task<ArchivedFiles> ReadAsync(string folder)
    {
        var found = new ArchivedFiles();
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            await found.AddAsync(path);
        }

        return found;
    }

    /// <summary>The paths of the files of an event.</summary>
    public IReadOnlyList<string> Of(string publisher, int number) => _files.GetValueOrDefault((publisher, number)) ?? [];

    /// <summary>The problems of the files of expected events.</summary>
    /// <param name="publisher">The publisher.</param>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="withoutId">Every so many of them had no id; 0 is none.</param>
    public IReadOnlyList<string> Missing(string publisher, IEnumerable<int> numbers, int withoutId = 0)
    {
        List<string> faults = [];
        foreach (var number in numbers)
        {
            var count = Of(publisher, number).Count;
            var hasId = withoutId == 0 || number % withoutId != 0;
            if (count == 0)
            {
                faults.Add($"{publisher}-{number} has no file");
            }
            else if (hasId && count > 1)
            {
                faults.Add($"{publisher}-{number} has {count} files: {string.Join(", ", Of(publisher, number).Select(Path.GetFileName))}");
            }
        }

        return faults;
    }

    async Task AddAsync(string path)
    {
        var name = Path.GetFileName(path);
        if (!EventFileName.TryParse(name, EventFileName.EventSuffix, out var parts))
        {
            _faults.Add($"{name} is not the name of an event's file");
            return;
        }

        try
        {
            await using var file = File.OpenRead(path);
            using var json = await JsonDocument.ParseAsync(file);
            var data = json.RootElement.GetProperty("data");
            var (publisher, number) = (data.GetProperty("publisher").GetString()!, data.GetProperty("number").GetInt32());
            if (!IsWhole(data.GetProperty("filler").GetString()!, number) || parts.Key != Keys[number % Keys.Length])
            {
                _faults.Add($"{name} does not hold {publisher}-{number} as it was published");
            }

            if (!_files.TryGetValue((publisher, number), out var files))
            {
                _files[(publisher, number)] = files = [];
            }

            files.Add(path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            _faults.Add($"{name} is not whole: {e.Message}");
        }
    }

    // The number and a slash, again and again.
    static bool IsWhole(string filler, int number)
    {
        var unit = string.Create(CultureInfo.InvariantCulture, $"{number}/");
        return filler.Length > 0 && filler.Index().All(x => x.Item == unit[x.Index % unit.Length]);
    }
}
