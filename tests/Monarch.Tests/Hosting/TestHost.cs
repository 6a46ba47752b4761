using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;

namespace Monarch.Tests.Hosting;

/// <summary>A host on free ports of loopback, without the settings of the machine that the tests run on.</summary>
sealed class TestHost : IAsyncDisposable
{
    static readonly string[] Keys =
    [
        "MONARCH_BIND",
        "MONARCH_API_KEY",
        "MONARCH_API_KEYS",
        "MONARCH_KEYRING_SECRET",
        "MONARCH_LOG_LEVEL",
        "MONARCH_LOG_FORMAT",
        "RABBITMQ_URL",
        "RABBITMQ_VHOST",
        "VALKEY_HOST",
        "VALKEY_URL",
        "VALKEY_SENTINELS",
        "VALKEY_SERVICE",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_METRICS_EXPORTER",
        "USHER_PROJECTS",
        "USHER_PROJECTS_FILE",
        "USHER_BIND",
        "USHER_TRUSTED_NETWORKS",
        "OUTPUT_FOLDER",
        "MONARCH_LOG_STORE",
        "MONARCH_LOG_REDIS",
    ];

    readonly WebApplication _app;

    TestHost(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<HostAddresses>();
        Web = new HttpClient { BaseAddress = addresses.Web };
        Metrics = new HttpClient { BaseAddress = addresses.Metrics };
        Usher = new HttpClient { BaseAddress = addresses.Usher };
    }

    public HttpClient Web { get; }

    public HttpClient Metrics { get; }

    public HttpClient Usher { get; }

    public IServiceProvider Services => _app.Services;

    public static Dictionary<string, string?> Settings(params (string Key, string Value)[] settings)
    {
        var all = Keys.ToDictionary(key => key, _ => (string?)"");
        (all["WEB_PORT"], all["PROMETHEUS_PORT"], all["USHER_PORT"]) = ("0", "0", "0");
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }

    public static WebApplicationBuilder Builder(HostRole role, params (string Key, string Value)[] settings) =>
        MonarchHost.CreateBuilder(role, Settings(settings), directory: AppContext.BaseDirectory);

    public static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(Builder(HostRole.Serve, settings));

    public static async Task<TestHost> StartAsync(WebApplicationBuilder builder, Action<IBusRegistrationConfigurator>? bus = null)
    {
        builder.AddBus(bus ?? (_ => { }));
        var app = builder.BuildHost(app =>
        {
            app.MapGet("/api/ping", () => "pong");
            app.MapPost(
                "/api/length",
                async (HttpRequest request) =>
                {
                    using var reader = new StreamReader(request.Body);
                    return (await reader.ReadToEndAsync(request.HttpContext.RequestAborted)).Length;
                }
            );
            app.MapGet("/api/broken", string () => throw new InvalidOperationException("inner working"));
            app.MapMethods("/usher", ["GET", "POST"], () => "trusted").ShowOnUsher();
            app.MapPost("/usher/known", () => "known").ShowOnUsherToKnown();
            app.MapPost("/usher/all", () => "all").ShowOnUsherToAll();
        });
        await app.StartAsync();
        return new TestHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        Metrics.Dispose();
        Usher.Dispose();
        await _app.DisposeAsync();
    }
}
