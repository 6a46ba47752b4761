using Monarch.Testing;
using Shouldly;

namespace Monarch.IntegrationTests.Archive;

/// <summary>One of several archives that share a folder, which is killed and restarted.</summary>
sealed class ArchiveReplica(ArchiveProgram program, IReadOnlyDictionary<string, string> settings, string directory) : IAsyncDisposable
{
    ChildProcess? _process;
    string _logs = "";

    /// <summary>The output of all its processes.</summary>
    public string Output => $"{_logs}{_process?.Output}{(HasFailed ? $"It ended with {_process!.ExitCode}.\n" : "")}";

    /// <summary>Whether it has ended without being killed.</summary>
    public bool HasFailed => _process is { HasExited: true };

    public async Task StartAsync() => _process = await program.StartAsync(settings, directory);

    public async Task KillAsync()
    {
        _process!.HasExited.ShouldBeFalse($"{program.Name} ended by itself:\n{Output}");
        // First, since its end is no failure now.
        var process = _process;
        _process = null;
        await process.KillAsync();
        _logs += process.Output;
        await process.DisposeAsync();
    }

    /// <summary>Terminates it; returns its exit code.</summary>
    public Task<int> StopAsync()
    {
        _process!.Signal(UnixSignal.Terminate);
        return _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
