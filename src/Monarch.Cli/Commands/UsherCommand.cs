using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Cli.Hosts;
using Monarch.Contracts.Deployments;
using Monarch.Hosting;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Commands;

/// <summary>Runs Usher, and sends commands to a running one.</summary>
static class UsherCommand
{
    static readonly Option<string?> Url = new("--url")
    {
        Description = "Usher's address; otherwise the one on this machine, by USHER_PORT, with MONARCH_API_KEY",
        Recursive = true,
    };

    public static Command Create()
    {
        var demo = new Option<bool>("--demo")
        {
            Description = "Deploy a few issues with a harmless script, and end: no server, no setting",
        };
        var command = new Command(
            "usher",
            "Run Usher: collect issues that are moved on a tracker's board, and deploy each server once they have settled"
        )
        {
            demo,
            Url,
            List(),
            Show(),
            Commands(),
            Steer(SteeringKind.Deploy, "Deploy a server now"),
            Hold(),
            Steer(SteeringKind.Resume, "Deploy a server again after a hold, a failure, an interruption or a cancellation"),
            Steer(SteeringKind.Cancel, "End the deployment of a server that runs"),
            Drop(),
        };
        command.SetAction(
            (result, cancellationToken) =>
                result.GetValue(demo)
                    ? UsherDemo.RunAsync(cancellationToken)
                    : MonarchHosts.CreateBuilder(HostRole.Usher).RunHostAsync(MonarchHosts.Map, cancellationToken)
        );
        return command;
    }

    static Command List()
    {
        var command = new Command("list", "List the servers, and what each is doing");
        command.SetAction(
            (result, cancellationToken) => AskAsync(result, async api => ServerTable.Write(await api.ServersAsync(cancellationToken)))
        );
        return command;
    }

    static Command Show()
    {
        var server = Server();
        var command = new Command("show", "Show a server: its queue, its deployments and its commands") { server };
        command.SetAction(
            (result, cancellationToken) =>
                AskAsync(
                    result,
                    async api => ServerTable.WriteOne(await api.ServerAsync(result.GetRequiredValue(server), cancellationToken))
                )
        );
        return command;
    }

    static Command Commands()
    {
        var command = new Command("commands", "List the commands that are prepared, one on each line, after the deployment's id");
        command.SetAction(
            (result, cancellationToken) =>
                AskAsync(
                    result,
                    async api =>
                    {
                        var deployments = await api.DeploymentsAsync(cancellationToken);
                        foreach (var deployment in deployments.Where(deployment => deployment.State == ServerStatus.Prepared))
                        {
                            Console.WriteLine($"{deployment.Id} {deployment.Command}");
                        }
                    }
                )
        );
        return command;
    }

    static Command Hold()
    {
        var minutes = new Option<double?>("--minutes") { Description = "For how long; otherwise until it is resumed" };
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "Until when, such as 2026-03-10T17:00Z; otherwise until it is resumed",
        };
        return Steer(
            SteeringKind.Hold,
            "Deploy nothing to a server until it is resumed",
            [minutes, until],
            (result, body) =>
            {
                if (result.GetValue(minutes) is { } length)
                {
                    body["minutes"] = length;
                }

                if (result.GetValue(until) is { } end)
                {
                    body["until"] = end.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
                }
            }
        );
    }

    static Command Drop()
    {
        var issues = new Option<string[]>("--issue")
        {
            Description = "An issue, such as ABC-123; may be repeated. Without it, all that are queued",
        };
        return Steer(
            SteeringKind.Drop,
            "Remove issues from the queue of a server",
            [issues],
            (result, body) =>
            {
                if (result.GetValue(issues) is { Length: > 0 } named)
                {
                    body["issues"] = named;
                }
            }
        );
    }

    static Command Steer(
        SteeringKind kind,
        string description,
        IEnumerable<Option>? options = null,
        Action<ParseResult, Dictionary<string, object>>? fill = null
    )
    {
        var server = Server();
        var reason = new Option<string?>("--reason") { Description = "The reason, in one line; it is stored and shown" };
        var actor = new Option<string>("--actor")
        {
            Description = "Who does it; otherwise this machine's user",
            DefaultValueFactory = _ => Environment.UserName,
        };
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { server, reason, actor };
        foreach (var option in options ?? [])
        {
            command.Options.Add(option);
        }

        command.SetAction(
            (result, cancellationToken) =>
                AskAsync(
                    result,
                    async api =>
                    {
                        var body = new Dictionary<string, object> { ["actor"] = result.GetRequiredValue(actor) };
                        if (result.GetValue(reason) is { } given)
                        {
                            body["reason"] = given;
                        }

                        fill?.Invoke(result, body);
                        ServerTable.Write([await api.SteerAsync(result.GetRequiredValue(server), kind, body, cancellationToken)]);
                    }
                )
        );
        return command;
    }

    static Argument<string> Server() => new("server") { Description = "The server's name, such as beta.abc.wwts.com" };

    static async Task<int> AskAsync(ParseResult result, Func<UsherApi, Task> ask)
    {
        try
        {
            using var api = ApiAccess.OpenUsher(result.GetValue(Url));
            await ask(api);
            return ExitCodes.Ok;
        }
        catch (CommandFailedException e)
        {
            return await Output.FailAsync(e.ExitCode, e.Message);
        }
        catch (OptionsValidationException e)
        {
            return await Output.FailAsync(ExitCodes.Config, [.. e.Failures]);
        }
        catch (InvalidOperationException e)
        {
            // A value that is not a number: the binder names the value and its key.
            return await Output.FailAsync(ExitCodes.Config, e.Message);
        }
    }
}
