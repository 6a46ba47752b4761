using System.Net;

namespace Monarch.Testing;

/// <summary>
/// A private RabbitMQ on its own ports and folder, with its own epmd, which can be stopped, killed, frozen and restarted.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    readonly TemporaryDirectory _data = new();
    readonly int _distributionPort = FreePort.Next(),
        _managementPort = FreePort.Next(),
        _epmdPort = FreePort.Next();
    readonly HttpClient _http;
    readonly string _settings;
    ChildProcess? _epmd,
        _broker;

    RabbitMqServer(string settings)
    {
        _settings = settings;
        _http = new() { BaseAddress = new($"http://127.0.0.1:{_managementPort}/api/") };
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));
        Management = new(_http);
    }

    /// <summary>Its port on 127.0.0.1, the same after restarts.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>The id of the broker's process, which changes with a restart.</summary>
    public int Id => _broker?.Id ?? throw new InvalidOperationException("RabbitMQ does not run.");

    /// <summary>The address of the default virtual host, with user and password.</summary>
    public Uri AmqpUri => new($"amqp://guest:guest@127.0.0.1:{Port}/");

    /// <summary>Virtual hosts and the depth of queues.</summary>
    public RabbitMqManagement Management { get; }

    /// <summary>Starts a broker and waits until it responds (3 to 10 s).</summary>
    /// <param name="settings">Additional lines of its configuration.</param>
    /// <exception cref="InvalidOperationException">It could not be started; the message has the remedy or its output.</exception>
    public static async Task<RabbitMqServer> StartAsync(string settings = "")
    {
        InstalledProgram.Require("rabbitmq-server", "rabbitmq-server");
        var server = new RabbitMqServer(settings);
        await server.WriteSettingsAsync();
        server._epmd = await ChildProcess.StartAsync("epmd", ["-address", "127.0.0.1", "-port", $"{server._epmdPort}"]);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Stops it cleanly (SIGTERM).</summary>
    public async Task StopAsync()
    {
        _broker?.Signal(UnixSignal.Terminate);
        if (_broker is not null)
        {
            await _broker.WaitForExitAsync();
        }

        await KillAsync();
    }

    /// <summary>Kills it, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _broker = null;
    }

    /// <summary>Starts it again (killing it first when it runs) on the same ports and data, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _broker = await ChildProcess.StartAsync(ServerScript(), [], Surroundings(), _data.Path);
        await Until.TrueAsync(AnswersAsync, $"RabbitMQ answers on port {Port}", state: () => _broker.Output);
    }

    /// <summary>Suspends it: it keeps its connections and does not respond.</summary>
    public void Freeze() => _broker?.Signal(UnixSignal.Stop);

    /// <summary>Continues it after <see cref="Freeze"/>.</summary>
    public void Thaw() => _broker?.Signal(UnixSignal.Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_epmd is not null)
        {
            await _epmd.DisposeAsync();
        }

        _http.Dispose();
        _data.Dispose();
    }

    // The wrapper in /usr/sbin changes to the user rabbitmq; the script behind it does not.
    static string ServerScript() =>
        Directory
            .EnumerateDirectories("/usr/lib/rabbitmq/lib", "rabbitmq_server-*")
            .Select(folder => Path.Combine(folder, "sbin", "rabbitmq-server"))
            .First(File.Exists);

    async Task WriteSettingsAsync()
    {
        await File.WriteAllTextAsync(_data["env.conf"], "");
        await File.WriteAllTextAsync(_data["enabled_plugins"], "[rabbitmq_management].");
        await File.WriteAllTextAsync(
            _data["rabbitmq.conf"],
            $"""
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_managementPort}
            # The highest age of the management's data on queues; 5 s by default.
            collect_statistics_interval = 500
            log.console = true
            log.console.level = warning
            {_settings}

            """
        );
    }

    Dictionary<string, string> Surroundings() =>
        new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin",
            ["LANG"] = "C.UTF-8",
            ["HOME"] = _data.Path,
            ["ERL_EPMD_PORT"] = $"{_epmdPort}",
            ["RABBITMQ_NODENAME"] = $"monarch{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = _data["data"],
            ["RABBITMQ_LOG_BASE"] = _data["log"],
            ["RABBITMQ_PID_FILE"] = _data["pid"],
            ["RABBITMQ_CONFIG_FILE"] = _data["rabbitmq.conf"],
            ["RABBITMQ_CONF_ENV_FILE"] = _data["env.conf"],
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _data["enabled_plugins"],
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none",
            // Makes the script become the broker instead of its parent, so that our signals reach the broker itself.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };

    async Task<bool> AnswersAsync()
    {
        if (_broker!.HasExited)
        {
            throw new InvalidOperationException($"RabbitMQ ended immediately:\n{_broker.Output}");
        }

        try
        {
            using var answer = await _http.GetAsync($"health/checks/port-listener/{Port}");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
