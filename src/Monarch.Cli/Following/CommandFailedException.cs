namespace Monarch.Cli.Following;

/// <summary>What a person wanted could not be asked for.</summary>
sealed class CommandFailedException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
