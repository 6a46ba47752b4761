using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.DryRuns;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Cli.Hosts;
using Monarch.Contracts.DryRuns;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Runs one dry run in its own host and shows its result.</summary>
static class InProcessDryRun
{
    public static Task<int> RunAsync(
        IReadOnlyDictionary<string, string?> settings,
        string request,
        bool wait,
        CancellationToken cancellationToken
    ) =>
        MonarchHosts
            .CreateBuilder(HostRole.Serve, settings)
            .RunHostAsync(
                MonarchHosts.Map,
                async (app, token) =>
                {
                    // SIGTERM and Ctrl+C reach the host.
                    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(token, app.Lifetime.ApplicationStopping);
                    using var api = new MonarchApi(app.Services.GetRequiredService<HostAddresses>().Web!);
                    return await FollowAsync(api, request, wait, stopping.Token);
                },
                cancellationToken
            );

    static async Task<int> FollowAsync(MonarchApi api, string request, bool wait, CancellationToken cancellationToken)
    {
        try
        {
            var id = await api.RequestDryRunAsync(request, cancellationToken);
            (DryRunView? last, string? waitsFor, var printed) = (null, null, new Dictionary<string, string>());
            await foreach (var state in api.FollowDryRunAsync(id, wait, cancellationToken))
            {
                (last, waitsFor) = (state.View, state.WaitsFor);
                WriteProgress(last, printed);
            }

            Output.Terminal.WriteLine();
            DryRunTable.Write(last!);
            if (waitsFor is not null)
            {
                return await Output.FailAsync(InProcessRun.Waits, $"stopped: {waitsFor}");
            }

            return last!.HasProblems() ? InProcessRun.SomeFailed : ExitCodes.Ok;
        }
        catch (RequestRefusedException e)
        {
            return await Output.FailAsync(ExitCodes.Usage, [.. e.Faults]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await Output.FailAsync(InProcessRun.SomeFailed, "interrupted. Nothing was changed.");
        }
    }

    /// <summary>Writes a line for each repository whose state changed.</summary>
    static void WriteProgress(DryRunView view, Dictionary<string, string> printed)
    {
        foreach (var repository in view.Repositories.Where(_ => view.Status >= DryRunStatus.Checking))
        {
            var line = $"{repository.Plan?.FullName ?? repository.Requested}: {repository.InWords()}";
            if (printed.GetValueOrDefault(repository.Requested) != line)
            {
                printed[repository.Requested] = line;
                Console.WriteLine(line);
            }
        }
    }
}
