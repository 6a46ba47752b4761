using Microsoft.Extensions.DependencyInjection;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Cli.Hosts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Runs one migration in its own host and shows its progress.</summary>
static class InProcessRun
{
    /// <summary>Exit code: some issues were not copied.</summary>
    public const int SomeFailed = 1;

    /// <summary>Exit code: stopped instead of waiting.</summary>
    public const int Waits = 3;

    public static Task<int> RunAsync(
        IReadOnlyDictionary<string, string?> settings,
        string request,
        bool wait,
        bool keepRunning,
        CancellationToken cancellationToken,
        Action? ended = null
    ) =>
        MonarchHosts
            .CreateBuilder(HostRole.Serve, settings)
            .RunHostAsync(
                MonarchHosts.Map,
                async (app, token) =>
                {
                    // SIGTERM and Ctrl+C reach the host.
                    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(token, app.Lifetime.ApplicationStopping);
                    token = stopping.Token;
                    var web = app.Services.GetRequiredService<HostAddresses>().Web!;
                    using var api = new MonarchApi(web);
                    var exitCode = await FollowAsync(app.Services, api, request, wait, token);
                    ended?.Invoke();
                    if (keepRunning && !token.IsCancellationRequested)
                    {
                        Output.Terminal.WriteLine();
                        Output.Terminal.WriteLine($"Its page: {web}");
                        Output.Terminal.WriteLine($"The API is still running: {web}api/migrations (Ctrl+C stops it)");
                        await Stopping.WaitAsync(token);
                    }

                    return exitCode;
                },
                cancellationToken
            );

    static async Task<int> FollowAsync(
        IServiceProvider services,
        MonarchApi api,
        string request,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var id = await api.RequestAsync(request, cancellationToken);
            var (ended, waitsFor) = await ProgressDisplay.ShowAsync(api.FollowAsync(id, wait, cancellationToken));
            Output.Terminal.WriteLine();
            SummaryTable.Write(ended);
            await SlackReport.WriteAsync(services, ended, cancellationToken);
            if (waitsFor is not null)
            {
                await Console.Error.WriteLineAsync($"monarch: stopped: {waitsFor}");
                return Waits;
            }

            return ended.Status is BatchStatus.Completed or BatchStatus.Skipped ? 0 : SomeFailed;
        }
        catch (RequestRefusedException e)
        {
            foreach (var fault in e.Faults)
            {
                await Console.Error.WriteLineAsync($"monarch: {fault}");
            }

            return ExitCodes.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("monarch: interrupted. Run the same command again to continue where it stopped.");
            return SomeFailed;
        }
    }
}
