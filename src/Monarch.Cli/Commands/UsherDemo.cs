using Microsoft.Extensions.DependencyInjection;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Cli.Hosts;
using Monarch.Contracts.Deployments;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Commands;

/// <summary>Shows Usher with a script that deploys nothing.</summary>
static class UsherDemo
{
    const int SomeFailed = 1;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan BetweenMoves = TimeSpan.FromMilliseconds(400);

    // One issue is moved to Test once and to Beta four times, as after a meeting.
    static readonly (string Issue, string Status)[] Moves =
    [
        ("ABC-111", "test"),
        ("ABC-111", "beta"),
        ("XYZ-7", "stage"),
        ("ABC-113", "beta"),
        ("ABC-111", "beta"),
        ("XYZ-9", "stage"),
        ("ABC-111", "beta"),
        ("ABC-111", "beta"),
    ];

    public static Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = MonarchHosts.Private();
        settings["USHER_PROJECTS"] = "ABC,XYZ";
        settings["USHER_PORT"] = "0";
        settings["USHER_SERVER"] = "{status}.{project}.example.org";
        settings["USHER_QUIET"] = "3";
        settings["USHER_MAX_WAIT"] = "20";
        settings["USHER_DEPLOYS"] = "2";
        settings["USHER_RUN"] = "true";
        settings["USHER_COMMAND"] = "sh -c 'echo \"deploying $*\"; sleep 3; echo done' deploy {server} {issues}";
        settings["USHER_DIRECTORY"] = "";
        settings["USHER_ENVIRONMENT"] = "";
        settings["USHER_BIND"] = "";
        settings["USHER_SLACK_CHANNEL"] = "";
        return MonarchHosts
            .CreateBuilder(HostRole.Usher, settings)
            .RunHostAsync(
                MonarchHosts.Map,
                async (app, token) =>
                {
                    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(token, app.Lifetime.ApplicationStopping);
                    var address = app.Services.GetRequiredService<HostAddresses>().Usher!;
                    using var api = new UsherApi(address);
                    try
                    {
                        return await ShowAsync(api, address, stopping.Token);
                    }
                    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                    {
                        return SomeFailed;
                    }
                },
                cancellationToken
            );
    }

    static async Task<int> ShowAsync(UsherApi api, Uri address, CancellationToken cancellationToken)
    {
        Console.WriteLine(
            "Two projects, ABC and XYZ; a server is deployed when nothing was moved to it for 3 s, by a script that sleeps for 3 s."
        );
        var states = new Dictionary<string, ServerStatus>();
        foreach (var (issue, status) in Moves)
        {
            Console.WriteLine($"POST {address}messages/ {{\"issue_id\": \"{issue}\", \"status\": \"{status}\"}}");
            await api.MoveAsync(issue, status, cancellationToken);
            await Task.Delay(BetweenMoves, TimeProvider.System, cancellationToken);
            Print(states, await api.ServersAsync(cancellationToken));
        }

        while (true)
        {
            var servers = await api.ServersAsync(cancellationToken);
            Print(states, servers);
            if (servers.All(server => server.State is ServerStatus.Idle or ServerStatus.Paused))
            {
                Console.WriteLine();
                foreach (var server in servers)
                {
                    ServerTable.WriteOne(server);
                }

                return servers.All(server => server is { State: ServerStatus.Idle, Ended: [{ Outcome: DeploymentOutcome.Succeeded }] })
                    ? ExitCodes.Ok
                    : SomeFailed;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    static void Print(Dictionary<string, ServerStatus> states, IReadOnlyList<ServerProgressed> servers)
    {
        foreach (var server in servers)
        {
            if (!states.TryGetValue(server.Server, out var known) || known != server.State)
            {
                states[server.Server] = server.State;
                var issues = ServerTable.Issues(server, server.Issues.Select(issue => issue.Number));
                Console.WriteLine($"  {server.Server}: {server.State} {issues}".TrimEnd());
            }
        }
    }
}
