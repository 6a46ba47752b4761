using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Monarch.Bridge;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;

namespace Monarch.Tests.Bridge;

/// <summary>A host with a Bridge on free ports, and its log. Settings of the machine do not apply.</summary>
sealed class BridgeHost : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly MetricCollector<long> _accepted,
        _rejected;

    BridgeHost(WebApplication app, FakeLoggerProvider log)
    {
        (_app, Log) = (app, log);
        var addresses = app.Services.GetRequiredService<HostAddresses>();
        Web = new() { BaseAddress = addresses.Web };
        Metrics = new() { BaseAddress = addresses.Metrics };
        (_accepted, _rejected) = (Collect("monarch.requests.accepted"), Collect("monarch.requests.rejected"));
    }

    public HttpClient Web { get; }

    public HttpClient Metrics { get; }

    public FakeLoggerProvider Log { get; }

    /// <summary>The requests that this host counted. Its <c>/metrics</c> would include other hosts of this process.</summary>
    public (long Accepted, long Rejected) Requests =>
        (_accepted.GetMeasurementSnapshot().EvaluateAsCounter(), _rejected.GetMeasurementSnapshot().EvaluateAsCounter());

    public IServiceProvider Services => _app.Services;

    /// <summary>The messages to the migration's saga, where a stand-in replaces it.</summary>
    public SagaStandIn Saga => Services.GetRequiredService<SagaStandIn>();

    /// <summary>Bridge and workers, as <c>monarch serve</c> runs them; GitHub cannot be reached.</summary>
    public static Task<BridgeHost> ServeAsync(params (string Key, string Value)[] settings) =>
        StartAsync(MonarchHosts.CreateBuilder(HostRole.Serve, Settings(settings)));

    /// <summary>A Bridge alone, with a stand-in for the migration's saga on its bus.</summary>
    public static Task<BridgeHost> AloneAsync(params (string Key, string Value)[] settings) => AloneAsync(_ => { }, settings);

    public static Task<BridgeHost> AloneAsync(Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Serve, Settings(settings));
        builder.AddBridge();
        builder.Services.AddSingleton<SagaStandIn>();
        replace(builder.Services);
        builder.AddBus(bus =>
        {
            bus.AddBridgeConsumers();
            bus.AddConsumer<SagaStandInConsumer>().Endpoint(endpoint => endpoint.Name = EndpointNames.MigrationBatch);
        });
        return StartAsync(builder);
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        Metrics.Dispose();
        _accepted.Dispose();
        _rejected.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    MetricCollector<long> Collect(string instrument) => new(Services.GetRequiredService<IMeterFactory>(), "Monarch", instrument);

    static async Task<BridgeHost> StartAsync(WebApplicationBuilder builder)
    {
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
        var app = builder.BuildHost(MonarchHosts.Map);
        await app.StartAsync();
        return new(app, log);
    }

    static Dictionary<string, string?> Settings((string Key, string Value)[] settings)
    {
        var all = MonarchHosts.Private();
        all["MONARCH_LOG_LEVEL"] = "Debug";
        all["MONARCH_ALLOWED_OWNERS"] = "";
        all["GITHUB_API_URL"] = "http://127.0.0.1:9/";
        all["SLACK_BOT_TOKEN"] = "";
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}
