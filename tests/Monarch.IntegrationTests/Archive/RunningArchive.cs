using System.Net;
using Monarch.Testing;
using Monarch.Testing.Amqp;
using Monarch.Testing.Proxies;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>An archive in a virtual host of its own, whose connection is recorded.</summary>
sealed class RunningArchive : IAsyncDisposable
{
    const string Queue = "archive";

    static readonly HttpClient Http = new();

    readonly ArchiveProgram _program;
    readonly RabbitMqManagement _management;
    readonly Uri _broker;
    readonly TcpProxy _proxy;
    readonly TemporaryDirectory _directory = new();
    readonly Dictionary<string, string> _settings;
    readonly int _port = FreePort.Next();
    ChildProcess? _process;

    RunningArchive(ArchiveProgram program, RabbitMqManagement management, Uri broker, string folder)
    {
        (_program, _management, _broker) = (program, management, broker);
        _proxy = Record.ProxyTo(broker.Port);
        _settings = new()
        {
            ["RABBITMQ_URL"] = new UriBuilder(broker) { Port = _proxy.Port, Path = "/" }
                .Uri
                .OriginalString,
            ["RABBITMQ_VHOST"] = VirtualHost,
            ["OUTPUT_FOLDER"] = folder,
            ["ARCHIVE_TIME"] = "utc",
            ["PROMETHEUS_PORT"] = $"{_port}",
        };
    }

    /// <summary>Its received messages and its answers.</summary>
    public AmqpRecord Record { get; } = new();

    /// <summary>Its output.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Its process.</summary>
    public ChildProcess Process => _process!;

    string VirtualHost => _broker.AbsolutePath[1..];

    /// <summary>Starts one and waits until it consumes.</summary>
    /// <param name="program">The program.</param>
    /// <param name="servers">The servers with the broker.</param>
    /// <param name="broker">The virtual host.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="prefix">A program that starts it, with its options.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<RunningArchive> StartAsync(
        ArchiveProgram program,
        Servers servers,
        Uri broker,
        string folder,
        IReadOnlyList<string>? prefix = null,
        params IReadOnlyList<(string Key, string Value)> settings
    )
    {
        var archive = new RunningArchive(program, await servers.RabbitMqManagementAsync(), broker, folder);
        foreach (var (key, value) in settings)
        {
            archive._settings[key] = value;
        }

        try
        {
            await archive.StartAsync(prefix ?? []);
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    /// <summary>Restarts it after its end.</summary>
    public async Task StartAsync(params IReadOnlyList<string> prefix)
    {
        var process = _process = await _program.StartAsync(_settings, _directory.Path, prefix);
        await Until.TrueAsync(async () => process.HasExited || await ConsumesAsync(), $"{_program.Name} consumes", state: () => Output);
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{_program.Name} ended with {process.ExitCode}:\n{Output}");
        }
    }

    /// <summary>Waits until so many messages are acknowledged, each id once.</summary>
    public async Task AcknowledgedAsync(int count)
    {
        // RabbitMQ's own figures of a quorum queue may be five seconds old.
        await Until.TrueAsync(
            () => Process.HasExited || Record.Messages >= count,
            $"{count} messages are acknowledged",
            state: () => $"{Record.Messages} are. {Output}"
        );
        var others = (await _management.QueueDepthsAsync(VirtualHost)).Where(x => x.Key != Queue && x.Value > 0).ToList();
        if (Process.HasExited || others.Count > 0)
        {
            throw new InvalidOperationException($"It has ended, or messages are in other queues: {string.Join(", ", others)}.\n{Output}");
        }
    }

    /// <summary>The answer of <c>/health/ready</c>.</summary>
    public async Task<(HttpStatusCode Status, string Text)> HealthAsync()
    {
        using var answer = await Http.GetAsync($"http://127.0.0.1:{_port}/health/ready", Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Terminates it; returns its exit code.</summary>
    public Task<int> StopAsync()
    {
        Process.Signal(UnixSignal.Terminate);
        return Process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _proxy.DisposeAsync();
        _directory.Dispose();
    }

    // A killed one counts until the broker has detected it.
    async Task<bool> ConsumesAsync() => (await _management.ConsumersAsync(VirtualHost)).GetValueOrDefault(Queue) == 1;
}
