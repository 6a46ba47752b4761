using System.CommandLine;
using Microsoft.Extensions.Options;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Cli.Commands;

/// <summary>The commands of a person to a migration.</summary>
static class InterventionCommands
{
    public static Command Cancel() => Create(InterventionKind.Cancel, "Cancel a migration; issues already copied stay");

    public static Command Pause() => Create(InterventionKind.Pause, "Pause a migration: nothing new is started until it is resumed");

    public static Command Resume() => Create(InterventionKind.Resume, "Resume a paused migration");

    public static Command Retry() => Create(InterventionKind.Retry, "Run a migration that has ended again where something failed");

    static Command Create(InterventionKind kind, string description)
    {
        var id = new Argument<string>("id") { Description = "The migration's id, or its address in the API" };
        var reason = new Option<string?>("--reason") { Description = "The reason, in one line; it is stored and shown" };
        var url = new Option<string?>("--url")
        {
            Description = "The Bridge's address; otherwise the one on this machine, by WEB_PORT, with MONARCH_API_KEY",
        };
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { id, reason, url };
        command.SetAction(
            (result, cancellationToken) =>
                RunAsync(kind, result.GetValue(id)!, result.GetValue(reason), result.GetValue(url), cancellationToken)
        );
        return command;
    }

    static async Task<int> RunAsync(
        InterventionKind kind,
        string migration,
        string? reason,
        string? url,
        CancellationToken cancellationToken
    )
    {
        // The id alone, or at the end of its address.
        if (!Guid.TryParse(migration.TrimEnd('/').Split('/')[^1], out var id))
        {
            return await Output.FailAsync(ExitCodes.Usage, $"'{migration}' is not the id of a migration. GET /api/migrations lists them.");
        }

        try
        {
            using var api = ApiAccess.Open(url);
            var address = await api.CommandAsync(id, kind, reason, cancellationToken);
            Console.WriteLine($"{kind} is requested. {address} shows when it is done.");
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
