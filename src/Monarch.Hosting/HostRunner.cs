using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Http;

namespace Monarch.Hosting;

/// <summary>Runs a host to its end.</summary>
public static class HostRunner
{
    /// <summary>
    /// Starts the host, runs it until it is asked to stop, and disposes of it. What keeps it from starting is said on standard error
    /// in a line for each fault, without a stack trace.
    /// </summary>
    /// <param name="app">The built and mapped host.</param>
    /// <param name="cancellationToken">Stops the host, as SIGTERM and SIGINT do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunHostAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app)
        {
            try
            {
                await app.StartAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Ok;
            }
            catch (Exception exception)
            {
                return await ReportAsync(app, exception);
            }

            app.LogStarted();
            await app.WaitForShutdownAsync(cancellationToken);
            return HasFailedService(app) ? ExitCodes.Software : ExitCodes.Ok;
        }
    }

    static async Task<int> ReportAsync(WebApplication app, Exception exception)
    {
        var report = StartupFailure.Of(app.Services, exception);
        foreach (var line in report.Lines)
            await Console.Error.WriteLineAsync($"monarch: {line}");
        if (report.Detail is { } detail)
            Log.StartFailed(app.Logger, detail);
        return report.ExitCode;
    }

    // A background service that failed has stopped the host; without this the process would end as if all were well.
    static bool HasFailedService(WebApplication app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    static void LogStarted(this WebApplication app)
    {
        if (!app.Logger.IsEnabled(LogLevel.Information))
            return;
        var addresses = app.Services.GetRequiredService<HostAddresses>();
        if (addresses.Web is { } web)
            Log.ListeningWithWeb(app.Logger, web, addresses.Metrics);
        else
            Log.Listening(app.Logger, addresses.Metrics);
    }
}
