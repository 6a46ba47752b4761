using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Logging;
using Monarch.Hosting.Processes;
using Monarch.Hosting.Settings;
using Monarch.Hosting.Telemetry;
using Monarch.Redis;

namespace Monarch.Hosting.Startup;

/// <summary>Builds the host of every role: settings, logs, telemetry, health and the HTTP listeners.</summary>
public static class MonarchHost
{
    // Docker and systemd are configured to wait longer than 30 seconds; the rest is for disposing of services.
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(28);

    /// <summary>Creates a builder; add features and <see cref="BusRegistration.AddBus"/> to it, then <c>RunHostAsync</c>.</summary>
    /// <param name="role">The role of the process.</param>
    /// <param name="settings">
    /// Settings that override the environment, <c>.env</c> and <c>appsettings.json</c>, by their usual names; an empty value restores the
    /// default. Null means none.
    /// </param>
    /// <param name="directory">The directory of <c>.env</c> and <c>appsettings.json</c>. Null means the working directory.</param>
    public static WebApplicationBuilder CreateBuilder(
        HostRole role,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        string? directory = null
    )
    {
        ArgumentNullException.ThrowIfNull(role);
        directory ??= Directory.GetCurrentDirectory();

        // The empty builder has no file watchers, no console logger and no settings.
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "monarch",
                ContentRootPath = directory,
                EnvironmentName = Environments.Production,
            }
        );
        var files = SettingsFiles.Read(directory);
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(new SettingsSource(files, settings ?? [], DefaultsOf(role)));

        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(role);
        builder.Services.AddSingleton(files);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);

        builder.AddLogs(role);
        builder.AddHttp();
        builder.AddTelemetry(role);
        builder.Services.AddHealthChecks();
        builder.AddProcesses();
        return builder;
    }

    // The archive always needs a broker.
    static Dictionary<string, string?>? DefaultsOf(HostRole role) =>
        role.HasArchiveOnly ? new() { [RabbitMqOptions.UrlKey] = "amqp://localhost" } : null;

    /// <summary>
    /// Checks every setting, builds the host, and maps the endpoints of every host: <c>/metrics</c> on the metrics port,
    /// <c>/health/live</c> and <c>/health/ready</c> on every port. Starts connecting to Redis, if it is configured.
    /// </summary>
    /// <param name="builder">A builder of <see cref="CreateBuilder"/> with all features added.</param>
    /// <param name="map">Maps further endpoints, on the web port, behind the guards; null means none.</param>
    /// <exception cref="OptionsValidationException">Settings are invalid; the failures name each of them.</exception>
    public static WebApplication BuildHost(this WebApplicationBuilder builder, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SettingsCheck.Verify(builder.Services);
        var app = builder.Build();
        // Connecting takes about as long as building the bus, which happens when the health checks are mapped below.
        app.Services.StartConnectingToRedis();
        app.UseListeners();
        app.MapPrometheusScrapingEndpoint().WithMetadata(new ShownOnMetadata(Listeners.Metrics));
        app.MapHealth();
        map?.Invoke(app);
        return app;
    }
}
