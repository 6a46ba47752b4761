using System.Globalization;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>One of several equal processes, which is killed and restarted on the same port, as an orchestrator does.</summary>
sealed class Replica(string role, int number, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    readonly List<string> _logs = [];
    readonly int _port = FreePort.Next();
    MonarchProcess? _process;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{role}-{number + 1}");

    /// <summary>The address of its pages and API; workers have none.</summary>
    public Uri Web => new($"http://127.0.0.1:{_port}/");

    /// <summary>The output of each start, oldest first.</summary>
    public IReadOnlyList<string> Logs => _process is null ? _logs : [.. _logs, _process.Output];

    /// <summary>The exit code and the last output, if the process ended without being killed; otherwise null.</summary>
    public string? Defect =>
        _process is { HasExited: true } dead
            ? $"{Name} ended unexpectedly with {dead.ExitCode}: {dead.Output[^Math.Min(dead.Output.Length, 500)..]}"
            : null;

    public async Task StartAsync() =>
        _process = await MonarchProcess.StartAsync(
            [role],
            new Dictionary<string, string>(settings) { ["WEB_PORT"] = $"{_port}", ["PROMETHEUS_PORT"] = "0" }
        );

    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        await process.KillAsync();
        _logs.Add(process.Output);
        _process = null;
        await process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
    }
}
