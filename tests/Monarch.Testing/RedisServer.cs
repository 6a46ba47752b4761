using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monarch.Testing;

/// <summary>A private Redis on its own port and folder, which can be killed, frozen and restarted.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    readonly TemporaryDirectory _data = new();
    readonly RedisServerOptions _options;
    ChildProcess? _process;
    AppendOnlyFile? _file;

    RedisServer(RedisServerOptions options, int port) => (_options, Port) = (options, port);

    /// <summary>Its port on 127.0.0.1, the same after restarts.</summary>
    public int Port { get; }

    /// <summary>Its TLS port, with <see cref="RedisServerOptions.Authority"/>; its certificate is valid for localhost.</summary>
    public int TlsPort { get; } = FreePort.Next();

    /// <summary>The id of its process, which changes with a restart.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("Redis does not run.");

    /// <summary>Starts a server and waits until it responds.</summary>
    /// <param name="options">Null is all defaults: no password, nothing on disk.</param>
    /// <param name="port">Null is a free one.</param>
    /// <exception cref="InvalidOperationException">It could not be started; the message has the remedy or its output.</exception>
    public static async Task<RedisServer> StartAsync(RedisServerOptions? options = null, int? port = null)
    {
        var server = new RedisServer(options ?? new(), port ?? FreePort.Next());
        await server.RestartAsync();
        return server;
    }

    /// <summary>Kills it, as a crash does.</summary>
    public async Task KillAsync()
    {
        // First, since its last second advances while it is watched.
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        (_process, _file) = (null, null);
    }

    /// <summary>Kills it and discards a part of the writes of its last second, as a power cut does with <c>everysec</c>.</summary>
    /// <param name="share">
    /// The share of the last second's writes that is lost: 0 is none of them, 1 all. The cut may fall into the middle of a write.
    /// </param>
    /// <returns>The number of discarded bytes.</returns>
    /// <exception cref="InvalidOperationException">It does not run, or without <see cref="RedisServerOptions.EverySecond"/>.</exception>
    public async Task<long> KillForgettingAsync(double share)
    {
        var file = _file ?? throw new InvalidOperationException("Redis does not run with AppendOnly and EverySecond.");
        await KillAsync();
        return file.TakeBack(share);
    }

    /// <summary>Starts it again (killing it first when it runs) on the same port and folder.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        InstalledProgram.Require("redis-server", "redis-server");
        var process = _process = await ChildProcess.StartAsync("redis-server", Arguments(), directory: _data.Path);
        await Until.TrueAsync(
            () =>
                process.HasExited
                    ? throw new InvalidOperationException($"redis-server ended immediately:\n{process.Output}")
                    : AnswersAsync(Port),
            $"Redis answers on port {Port}",
            state: () => process.Output
        );
        if (_options is { AppendOnly: true, EverySecond: true })
        {
            _file = new(_data["appendonlydir"]);
        }
    }

    /// <summary>Sends a command on a separate connection, as an administrator does.</summary>
    /// <param name="command">The command and its arguments, separated by spaces: <c>REPLICAOF NO ONE</c>.</param>
    /// <returns>The first line of the answer, such as <c>+OK</c>; null when the connection ended without one.</returns>
    /// <exception cref="SocketException">It does not run.</exception>
    public Task<string?> SendAsync(string command) => SendAsync(Port, command);

    /// <summary>Suspends it: it keeps its connections and does not respond.</summary>
    public void Freeze() => _process?.Signal(UnixSignal.Stop);

    /// <summary>Continues it after <see cref="Freeze"/>.</summary>
    public void Thaw() => _process?.Signal(UnixSignal.Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _data.Dispose();
    }

    IEnumerable<string> Arguments()
    {
        List<string> arguments =
        [
            "--port",
            $"{Port}",
            "--bind",
            "127.0.0.1",
            "--dir",
            _data.Path,
            "--save",
            "",
            "--databases",
            "128",
            "--appendonly",
            _options.AppendOnly ? "yes" : "no",
            "--appendfsync",
            _options.EverySecond ? "everysec" : "always",
        ];
        if (_options.Password is { } password)
        {
            arguments.AddRange(["--requirepass", password]);
        }

        if (_options.User is { } user)
        {
            arguments.AddRange(["--user", "monarch", .. user.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }

        if (_options.Authority is { } authority)
        {
            var (certificate, key) = Write(authority, _data);
            arguments.AddRange([
                "--tls-port",
                $"{TlsPort}",
                "--tls-cert-file",
                certificate,
                "--tls-key-file",
                key,
                "--tls-auth-clients",
                "no",
            ]);
        }
        return [.. arguments, .. _options.Arguments];
    }

    static (string Certificate, string Key) Write(TestAuthority authority, TemporaryDirectory directory)
    {
        var (certificate, key) = authority.IssuePem("localhost");
        File.WriteAllText(directory["server.crt"], certificate);
        File.WriteAllText(directory["server.key"], key);
        return (directory["server.crt"], directory["server.key"]);
    }

    internal static async Task<string?> SendAsync(int port, string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync();
    }

    internal static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            // Without the password it returns NOAUTH, which is sufficient; LOADING is not.
            return await SendAsync(port, "PING") is "+PONG" or ['-', 'N', 'O', 'A', 'U', 'T', 'H', ..];
        }
        catch (SocketException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
