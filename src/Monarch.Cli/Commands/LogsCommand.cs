using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Hosting;

namespace Monarch.Cli.Commands;

/// <summary>Shows the log of all processes, read through a Bridge.</summary>
static class LogsCommand
{
    static readonly Option<bool> Follow = new("--follow")
    {
        Description = "Keep printing new lines; lines that arrive more than two minutes late are left out",
    };

    static readonly Option<string?> Level = new("--level")
    {
        Description = "The lowest level: trace, debug, information, warning, error or critical",
    };

    static readonly Option<string?> Service = new("--service") { Description = "The role of the process, such as workers" };
    static readonly Option<string?> Migration = new("--migration") { Description = "The migration's id, or its address in the API" };
    static readonly Option<string?> Repository = new("--repository") { Description = "A repository, as owner/name" };
    static readonly Option<string?> Trace = new("--trace") { Description = "The id of a trace" };
    static readonly Option<string?> Search = new("--text") { Description = "What message, exception or source contain" };

    static readonly Option<string?> Since = new("--since")
    {
        Description = "From this time on (UTC), such as 2026-11-28T14:30; or the last 15m, 2h or 3d",
    };

    static readonly Option<string?> Until = new("--until") { Description = "Until this time" };

    static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many of the newest lines are shown, 100 by default",
        DefaultValueFactory = _ => 100,
    };

    static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line" };

    static readonly Option<string?> Url = new("--url")
    {
        Description = "The Bridge's address; otherwise the one on this machine, by WEB_PORT, with MONARCH_API_KEY",
    };

    public static Command Create()
    {
        var command = new Command("logs", "Show the log of all processes, the newest lines last (needs a Bridge with Redis)")
        {
            Follow,
            Level,
            Service,
            Migration,
            Repository,
            Trace,
            Search,
            Since,
            Until,
            Limit,
            Json,
            Url,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            using var api = ApiAccess.OpenLogs(result.GetValue(Url));
            var writer = new LogPrinter(Console.Out, result.GetValue(Json));
            var follower = new LogFollower(api, Filters(result), result.GetValue(Limit), writer, Console.Error, TimeProvider.System);
            await follower.RunAsync(result.GetValue(Follow), cancellationToken);
            return ExitCodes.Ok;
        }
        catch (CommandFailedException e)
        {
            return await Output.FailAsync(e.ExitCode, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
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

    static Dictionary<string, string> Filters(ParseResult result)
    {
        (string Name, string? Value)[] given =
        [
            ("level", result.GetValue(Level)),
            ("service", result.GetValue(Service)),
            ("migration", result.GetValue(Migration)?.TrimEnd('/').Split('/')[^1]),
            ("repository", result.GetValue(Repository)),
            ("trace", result.GetValue(Trace)),
            ("text", result.GetValue(Search)),
            ("from", Begin(result.GetValue(Since))),
            ("to", result.GetValue(Until)),
        ];
        return given.Where(filter => filter.Value is not null).ToDictionary(filter => filter.Name, filter => filter.Value!);
    }

    // A duration ends with its unit; the Bridge validates all other values.
    static string? Begin(string? since)
    {
        if (
            since is not { Length: > 1 }
            || !double.TryParse(since[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || since[^1] is not ('s' or 'm' or 'h' or 'd')
        )
        {
            return since;
        }

        var seconds =
            number
            * since[^1] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                _ => 86_400,
            };
        var longest = TimeSpan.FromDays(36_500);
        var begin = TimeProvider.System.GetUtcNow() - (seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : longest);
        return begin.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }
}
