using System.Globalization;
using Monarch.Workers.Archive.Filing.Files;

namespace Monarch.Benchmarks.Contenders;

/// <summary>The system calls of filing and nothing else, in batches of the archive's largest size.</summary>
static class BareFiling
{
    const int Batch = 512;

    /// <summary>Files a second.</summary>
    /// <param name="folder">An empty folder on the disk that is measured.</param>
    /// <param name="events">How many.</param>
    /// <param name="content">What each file holds.</param>
    public static double Rate(string folder, int events, byte[] content)
    {
        using var files = new LinuxFiles(folder);
        files.CreateFolder(".tmp");
        files.CreateFolder(".ids");
        files.Create(".tmp/token", [], sync: true);
        var began = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < events; first += Batch)
        {
            var names = Enumerable
                .Range(first, Math.Min(Batch, events - first))
                .Select(x => x.ToString("D32", CultureInfo.InvariantCulture))
                .ToList();
            names.ForEach(name => files.Create($".tmp/{name}", content, sync: false));
            files.SyncAll();
            names.ForEach(name => files.Link(".tmp/token", $".ids/{name}"));
            files.SyncFolder(".ids");
            names.ForEach(name => files.Link($".tmp/{name}", $"20241201_143022_{name}.json"));
            files.SyncFolder("");
            names.ForEach(name => files.Delete($".tmp/{name}"));
        }

        return events / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Files a second when each is made durable alone, with its name: the limit of the disk.</summary>
    public static double SyncRate(string folder, int events, byte[] content)
    {
        using var files = new LinuxFiles(folder);
        var began = TimeProvider.System.GetTimestamp();
        for (var number = 0; number < events; number++)
        {
            files.Create($"{number}", content, sync: true);
            files.SyncFolder("");
        }

        return events / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
