using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>
/// A process between Monarch and a deployment command that ends the command when Monarch is killed, hangs or loses its lease.
/// <c>monarch supervise</c> is for internal use.
/// </summary>
static class Supervisor
{
    public const string Command = "supervise";

    const int Usage = 2;

    /// <summary>
    /// Runs a command to its end and kills its remaining descendants. Must be called on the main thread, because the command is killed
    /// when the thread that started it ends.
    /// </summary>
    /// <returns>The command's exit code.</returns>
    public static int Run(string[] args)
    {
        if (SupervisorArguments.Parse(args) is not { } arguments)
        {
            WriteError("supervise is for internal use.");
            return Usage;
        }

        // Fails for a process that already leads a group, which is sufficient.
        _ = Libc.SetSession();
        Libc.AdoptOrphans();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var report = arguments.Report is { } descriptor ? OpenReport(descriptor) : null;
        var guard = new CommandGuard(arguments.Until, report);
        guard.StartListening();

        var program = ProgramPath.Find(arguments.Command[0]);
        if (program.Path is null)
        {
            return NotStarted(guard, program.ExitCode, program.Problem!);
        }

        if (!guard.MayStart())
        {
            return Libc.Kill + 128;
        }

        try
        {
            using var process = Start(program.Path, arguments);
            return guard.WaitFor(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return NotStarted(guard, ProgramPath.NotExecutable, $"{program.Path} cannot be started: {e.Message}");
        }
    }

    static Process Start(string program, SupervisorArguments arguments)
    {
        var start = ProgramPath.OfSetPriv() is { } setPriv
            ? new ProcessStartInfo(setPriv, ["--pdeathsig", "KILL", "--", program, .. arguments.Command.Skip(1)])
            : new ProcessStartInfo(program, arguments.Command.Skip(1));
        start.RedirectStandardInput = true;
        foreach (var name in arguments.Without)
        {
            start.Environment.Remove(name);
        }

        var process = Libc.WithBrokenPipes(() => Process.Start(start)!);
        process.StandardInput.Close();
        return process;
    }

    static FileStream OpenReport(int descriptor)
    {
        Libc.KeepFromChildren(descriptor);
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    static int NotStarted(CommandGuard guard, int exitCode, string problem)
    {
        WriteError($"{problem}.");
        guard.Report(new(SupervisedEnd.NotStarted, exitCode));
        return exitCode;
    }

    static void WriteError(string text)
    {
        // Avoids Console.Error, which would load more code than everything else here.
        using var error = Console.OpenStandardError();
        error.Write(Encoding.UTF8.GetBytes($"monarch: {text}\n"));
    }
}
