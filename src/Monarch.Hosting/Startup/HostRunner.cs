using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Http;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Startup;

/// <summary>Runs a host until it stops.</summary>
public static class HostRunner
{
    /// <summary>
    /// Builds the host, starts it, runs it until a stop is requested, and disposes of it. Startup errors are written to standard error, one
    /// line each, without a stack trace.
    /// </summary>
    /// <param name="builder">A builder of <see cref="MonarchHost.CreateBuilder"/> with all features added.</param>
    /// <param name="map">Maps the endpoints besides metrics and health; null means none.</param>
    /// <param name="cancellationToken">Stops the host, as SIGTERM and SIGINT do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunHostAsync(
        this WebApplicationBuilder builder,
        Action<WebApplication>? map = null,
        CancellationToken cancellationToken = default
    ) => builder.RunHostAsync(map, UntilStoppedAsync, cancellationToken);

    /// <summary>Builds the host, starts it, runs a piece of work, and stops it; otherwise like the other overload.</summary>
    /// <param name="builder">A builder of <see cref="MonarchHost.CreateBuilder"/> with all features added.</param>
    /// <param name="map">Maps the endpoints besides metrics and health; null means none.</param>
    /// <param name="work">Runs once the host has started; returns the exit code.</param>
    /// <param name="cancellationToken">Stops the host, as SIGTERM and SIGINT do.</param>
    /// <returns>The exit code of <paramref name="work"/>, or one of <see cref="ExitCodes"/> when the host could not start.</returns>
    public static async Task<int> RunHostAsync(
        this WebApplicationBuilder builder,
        Action<WebApplication>? map,
        Func<WebApplication, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(work);
        WebApplication? app = null;
        try
        {
            app = builder.BuildHost(map);
            app.Services.GetRequiredService<Watchdog>().Start();
            await app.StartAsync(cancellationToken);
            LogStarted(app);
            var exitCode = await work(app, cancellationToken);
            await app.StopAsync(CancellationToken.None);
            return exitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (Exception exception)
        {
            return await ReportAsync(app, exception);
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    static async Task<int> UntilStoppedAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.WaitForShutdownAsync(cancellationToken);
        // A failed background service stops the host, which logs the failure.
        return FailureOfService(app) is { } exception ? await WriteAsync(StartupFailure.Of(app.Services, exception)) : ExitCodes.Ok;
    }

    static async Task<int> ReportAsync(WebApplication? app, Exception exception)
    {
        var failure = StartupFailure.Of(app?.Services, exception);
        await WriteAsync(failure);
        if (failure.Detail is { } detail)
        {
            if (app is not null)
            {
                Log.Failed(app.Logger, detail);
            }
            else
            {
                await Console.Error.WriteAsync(VisibleText.Lines($"{detail}\n"));
            }
        }
        return failure.ExitCode;
    }

    static async Task<int> WriteAsync(StartupFailure failure)
    {
        foreach (var line in failure.Lines)
        {
            await Console.Error.WriteLineAsync($"monarch: {VisibleText.Line(line)}");
        }

        return failure.ExitCode;
    }

    static Exception? FailureOfService(WebApplication app) =>
        app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Select(x => x.ExecuteTask?.Exception?.InnerException)
            .FirstOrDefault(x => x is not null);

    static void LogStarted(WebApplication app)
    {
        if (!app.Logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var addresses = app.Services.GetRequiredService<HostAddresses>();
        if (addresses.Web is { } web)
        {
            Log.ListeningWithWeb(app.Logger, web.ToString(), addresses.Metrics.ToString());
        }
        else
        {
            Log.Listening(app.Logger, addresses.Metrics.ToString());
        }

        if (addresses.Usher is { } usher)
        {
            Log.ListeningWithUsher(app.Logger, usher.ToString());
        }
    }
}
