using System.Collections;

namespace Monarch.Testing;

/// <summary>
/// The built <c>monarch</c> in a separate process. It inherits only the environment variables that .NET needs, and its working directory is
/// an empty folder: settings come from the test only.
/// </summary>
public sealed class MonarchProcess : IAsyncDisposable
{
    readonly TemporaryDirectory _directory;
    readonly ChildProcess _process;

    MonarchProcess(TemporaryDirectory directory, ChildProcess process) => (_directory, _process) = (directory, process);

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code: 0 means success, 128 + n means "killed by signal n".</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Its output so far, errors included.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">The command and its options: <c>["workers"]</c>.</param>
    /// <param name="environment">Its settings.</param>
    public static async Task<MonarchProcess> StartAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var program = Path.Combine(AppContext.BaseDirectory, "monarch.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} does not exist: reference src/Monarch.Cli from the project that starts it.");
        }

        var directory = new TemporaryDirectory();
        var process = await ChildProcess.StartAsync("dotnet", [program, .. arguments], Surroundings(environment), directory.Path);
        return new(directory, process);
    }

    /// <summary>Sends any signal, such as stop and continue.</summary>
    public void Signal(UnixSignal signal) => _process.Signal(signal);

    /// <summary>Requests it to end (SIGTERM) and returns immediately.</summary>
    public void Terminate() => _process.Signal(UnixSignal.Terminate);

    /// <summary>Kills it (<c>kill -9</c>) and waits until it has ended.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc cref="ChildProcess.WaitForExitAsync"/>
    public Task<int> WaitForExitAsync(TimeSpan? within = null) => _process.WaitForExitAsync(within);

    /// <summary>Waits until its output contains a text.</summary>
    /// <exception cref="TimeoutException">The text did not appear, or the process has ended; the message has the output.</exception>
    public async Task WaitForOutputAsync(string text, TimeSpan? within = null)
    {
        await Until.TrueAsync(
            () => HasExited || Output.Contains(text, StringComparison.Ordinal),
            $"monarch writes \"{text}\"",
            within,
            () => $"Its output:\n{Output}"
        );
        if (HasExited)
        {
            await WaitForExitAsync();
        }

        if (!Output.Contains(text, StringComparison.Ordinal))
        {
            throw new TimeoutException($"monarch ended with {ExitCode} and never wrote \"{text}\". Its output:\n{Output}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    static Dictionary<string, string> Surroundings(IReadOnlyDictionary<string, string>? environment)
    {
        var all = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(x => (string)x.Key, x => (string?)x.Value ?? "")
            .Where(x => x.Key is "PATH" or "HOME" or "TMPDIR" or "LANG" || x.Key.StartsWith("DOTNET_", StringComparison.Ordinal))
            .ToDictionary();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return all;
    }
}
