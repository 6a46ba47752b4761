using System.Diagnostics;
using System.Globalization;

namespace Monarch.Benchmarks.Contenders;

/// <summary>A process whose use of processors and memory is measured.</summary>
sealed record MeasuredProcess(string Name, int Id)
{
    /// <summary>What all its threads have used since it began.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(Id);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that was resident since it began, or since <see cref="ForgetPeakMemory"/>, in bytes.</summary>
    public long PeakMemory => Status("VmHWM:");

    /// <summary>What is resident now, in bytes.</summary>
    public long Memory => Status("VmRSS:");

    /// <summary>From now on the peak is what is resident now.</summary>
    public void ForgetPeakMemory() => File.WriteAllText($"/proc/{Id}/clear_refs", "5");

    long Status(string key)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
