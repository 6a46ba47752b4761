using System.Diagnostics;

namespace Monarch.Benchmarks.Contenders;

/// <summary>A process whose use of the processors is measured.</summary>
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
}
