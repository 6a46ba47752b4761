namespace Monarch.Cli.Clients;

/// <summary>A command of the CLI failed.</summary>
sealed class CommandFailedException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
