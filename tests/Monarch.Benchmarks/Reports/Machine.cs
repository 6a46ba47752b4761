using System.Globalization;
using System.Runtime.InteropServices;

namespace Monarch.Benchmarks.Reports;

/// <summary>Describes where and when a measurement runs, and the load of the machine: without it figures have no meaning.</summary>
static class Machine
{
    const string Processors = "/proc/cpuinfo";
    const string Load = "/proc/loadavg";

    public static string Now() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores of {Model()}, {Memory():0.0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {OtherWork()}"
        );

    static string Model() =>
        File.Exists(Processors)
        && File.ReadLines(Processors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    static double Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);

    static string OtherWork() => File.Exists(Load) ? $"load before {File.ReadAllText(Load).Split(' ')[0]}" : "load unknown";
}
