using System.Globalization;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>A supervisor's report on the end of its command. An exit code alone could also be that of a killed supervisor.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">The exit code, or a shell's code for a command that could not be started; 0 otherwise.</param>
sealed record SupervisorReport(SupervisedEnd End, int ExitCode = 0)
{
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{End} {ExitCode}\n");

    /// <summary>Parses a line; an invalid one means that the supervisor did not finish.</summary>
    public static SupervisorReport Parse(string line) =>
        line.TrimEnd('\n').Split(' ') is [var end, var code]
        && Enum.TryParse<SupervisedEnd>(end, out var parsed)
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode)
            ? new(parsed, exitCode)
            : new(SupervisedEnd.Unknown);
}

/// <summary>How a supervised command ended.</summary>
enum SupervisedEnd
{
    /// <summary>No report: the supervisor was killed, and the command with it.</summary>
    Unknown,

    /// <summary>It exited; the code is 128 + n if signal n ended it.</summary>
    Exited,

    /// <summary>It could not be started.</summary>
    NotStarted,

    /// <summary>It was killed because the deadline had passed.</summary>
    DeadlinePassed,

    /// <summary>It was killed because it did not end on request.</summary>
    Killed,
}
