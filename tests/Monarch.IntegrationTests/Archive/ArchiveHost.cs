using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using RabbitMQ.Client;
using Shouldly;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>A foreign publisher, and archives in this process, on a virtual host of their own.</summary>
sealed class ArchiveHost : IAsyncDisposable
{
    public const string Exchange = "expenses_exchange";

    readonly TemporaryDirectory _folder = new();
    readonly RabbitMqManagement _management;
    readonly IConnection _connection;
    readonly List<WebApplication> _apps = [];

    ArchiveHost(RabbitMqManagement management, Uri broker, IConnection connection, IChannel channel) =>
        (_management, Broker, _connection, Channel) = (management, broker, connection, channel);

    public Uri Broker { get; }

    /// <summary>The publisher's. It confirms what it publishes.</summary>
    public IChannel Channel { get; private set; }

    public string Folder => _folder.Path;

    /// <summary>The events that were filed, with their paths within the folder.</summary>
    public IReadOnlyDictionary<string, byte[]> Files =>
        Directory.EnumerateFiles(Folder, "*.json").ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes);

    /// <summary>How many events were filed.</summary>
    public int Filed => Directory.EnumerateFiles(Folder, "*.json").Count();

    public int Rejected =>
        Directory.Exists(_folder["rejected"]) ? Directory.EnumerateFiles(_folder["rejected"], "*.reason.json").Count() : 0;

    public static async Task<ArchiveHost> CreateAsync(Servers servers)
    {
        var broker = await servers.RabbitMqAsync();
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Token);
        return new(await servers.RabbitMqManagementAsync(), broker, connection, await OpenAsync(connection));
    }

    public async Task<WebApplication> StartAsync(
        Action<WebApplicationBuilder>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var all = new Dictionary<string, string?>(MonarchHosts.Private())
        {
            ["RABBITMQ_URL"] = $"{Broker}",
            ["OUTPUT_FOLDER"] = Folder,
            ["ARCHIVE_FREE_FLOOR"] = "0",
            ["MONARCH_LOG_LEVEL"] = "None",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var builder = MonarchHosts.CreateBuilder(HostRole.Archive, all);
        configure?.Invoke(builder);
        var app = builder.BuildHost(MonarchHosts.Map);
        _apps.Add(app);
        await app.StartAsync(Token);
        (await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(
            BusHealthStatus.Healthy
        );
        return app;
    }

    /// <summary>Publishes an event, and waits until the broker has confirmed it.</summary>
    public ValueTask PublishAsync(
        ReadOnlyMemory<byte> body,
        string key = "expense.created",
        BasicProperties? properties = null,
        string exchange = Exchange
    ) => Channel.BasicPublishAsync(exchange, key, mandatory: true, properties ?? new(), body, Token);

    /// <summary>Reopens the publisher's channel after the broker has closed it.</summary>
    public async Task ReopenAsync() => Channel = await OpenAsync(_connection);

    /// <summary>The messages in each queue, delivered ones included.</summary>
    public Task<IReadOnlyDictionary<string, long>> QueuesAsync() => _management.QueueDepthsAsync(Broker.AbsolutePath.Trim('/'));

    public Task FiledAsync(int count) =>
        Until.TrueAsync(() => Filed == count, $"{count} events are filed", state: () => $"There are {Filed}.");

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await _connection.DisposeAsync();
        _folder.Dispose();
    }

    static Task<IChannel> OpenAsync(IConnection connection) =>
        connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
}
