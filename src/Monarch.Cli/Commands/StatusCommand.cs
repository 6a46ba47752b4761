using System.CommandLine;
using Microsoft.Extensions.Options;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Hosting;

namespace Monarch.Cli.Commands;

/// <summary>Shows the state of a migration.</summary>
static class StatusCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The migration's id, or its address in the API" };
        var url = new Option<string?>("--url")
        {
            Description = "The Bridge's address; otherwise the one on this machine, by WEB_PORT, with MONARCH_API_KEY",
        };
        var command = new Command("status", "Show a migration as it is now: each repository, each failure, and the id of its trace")
        {
            id,
            url,
        };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(id)!, result.GetValue(url), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string migration, string? url, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(migration.TrimEnd('/').Split('/')[^1], out var id))
        {
            return await Output.FailAsync(ExitCodes.Usage, $"'{migration}' is not the id of a migration. GET /api/migrations lists them.");
        }

        try
        {
            using var api = ApiAccess.Open(url);
            SummaryTable.Write(await api.FindAsync(id, cancellationToken));
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
