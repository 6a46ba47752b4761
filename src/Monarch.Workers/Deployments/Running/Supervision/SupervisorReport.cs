using System.Globalization;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>What a supervisor says of its command when that has ended. Its exit code alone could also be that of a supervisor that was killed.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">What it ended with, or a shell's code for why it could not be started; 0 otherwise.</param>
sealed record SupervisorReport(SupervisedEnd End, int ExitCode = 0)
{
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{End} {ExitCode}\n");

    /// <summary>Reads a line; whatever is none means that the supervisor could not finish.</summary>
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
    /// <summary>There is no report: the supervisor was killed, and the command with it.</summary>
    Unknown,

    /// <summary>It ended; with 128 + n when signal n ended it.</summary>
    Exited,

    /// <summary>It could not be started.</summary>
    NotStarted,

    /// <summary>It was killed since the deadline had passed.</summary>
    DeadlinePassed,

    /// <summary>It was killed since it had not ended when asked to.</summary>
    Killed,
}
