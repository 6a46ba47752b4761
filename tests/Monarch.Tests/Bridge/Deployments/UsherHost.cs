using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Monarch.Bridge;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Intake;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>The bridge part of Usher on free ports, with a stand-in for the servers' sagas on its bus, and its log.</summary>
sealed class UsherHost : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly MetricCollector<long> _moves;

    UsherHost(WebApplication app, FakeLoggerProvider log)
    {
        (_app, Log) = (app, log);
        Http = new() { BaseAddress = app.Services.GetRequiredService<HostAddresses>().Usher };
        _moves = new(
            app.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            "Monarch",
            "monarch.usher.moves.received"
        );
    }

    public HttpClient Http { get; }

    public FakeLoggerProvider Log { get; }

    public IServiceProvider Services => _app.Services;

    public ServerStandIn Saga => Services.GetRequiredService<ServerStandIn>();

    public IIntakeStream Stream => Services.GetRequiredKeyedService<IIntakeStream>(MoveEntries.Stream);

    /// <summary>The moves that were counted, by source and result.</summary>
    public IReadOnlyDictionary<string, long> Moves =>
        _moves
            .GetMeasurementSnapshot()
            .GroupBy(move => $"{move.Tags["source"]} {move.Tags["result"]}")
            .ToDictionary(group => group.Key, group => group.Sum(move => move.Value));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<UsherHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<UsherHost> StartAsync(Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Usher, Settings(settings));
        builder.AddUsherBridge();
        builder.Services.AddSingleton<ServerStandIn>();
        builder.Services.Configure<IntakeOptions>(intake => intake.CollectMovesFor = TimeSpan.Zero);
        replace(builder.Services);
        builder.AddBus(bus =>
        {
            bus.AddUsherBridgeConsumers();
            bus.AddConsumer<ServerStandInConsumer>().Endpoint(endpoint => endpoint.Name = EndpointNames.ServerDeployment);
        });
        var log = new FakeLoggerProvider();
        builder.Services.AddSingleton<ILoggerFactory>(_ =>
            LoggerFactory.Create(logging =>
                logging
                    .SetMinimumLevel(LogLevel.Debug)
                    .AddProvider(log)
                    .AddFilter("Microsoft", LogLevel.Warning)
                    .AddFilter("System", LogLevel.Warning)
                    .AddFilter("MassTransit", LogLevel.Warning)
            )
        );
        var app = builder.BuildHost(app => app.MapUsher());
        await app.StartAsync(Token);
        return new(app, log);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _moves.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Waits until every move that was received is saved and shown.</summary>
    public Task SavedAsync() =>
        Until.TrueAsync(
            async () => (await Stream.ReadAllAsync(Token)).Count == 0,
            "every move is saved",
            state: () => string.Join('\n', Log.Lines)
        );

    /// <summary>Sends a request and returns the status and the body of the answer; an empty body is <c>null</c>.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new(method), path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await Http.SendAsync(request, Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        return ((int)answer.StatusCode, JsonDocument.Parse(bytes.Length == 0 ? "null"u8.ToArray() : bytes).RootElement);
    }

    static Dictionary<string, string?> Settings((string Key, string Value)[] settings)
    {
        var all = MonarchHosts.Private();
        foreach (
            var key in new[]
            {
                "USHER_PROJECTS_FILE",
                "USHER_SERVER",
                "USHER_BIND",
                "USHER_TRUSTED_NETWORKS",
                "USHER_STATUSES",
                "JIRA_WEBHOOK_SECRET",
                "JIRA_WEBHOOK_USER",
                "JIRA_WEBHOOK_PASSWORD",
            }
        )
        {
            all[key] = "";
        }

        (all["USHER_PORT"], all["USHER_PROJECTS"], all["MONARCH_LOG_LEVEL"]) = ("0", "ABC,ABD,XYZ", "Debug");
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}
