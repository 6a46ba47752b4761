using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Api;

/// <summary>The commands of a person to a migration.</summary>
static class CommandEndpoints
{
    const string RetryAfterSeconds = "5";

    public static void MapCommands(this IEndpointRouteBuilder migrations)
    {
        migrations.MapCommand(
            InterventionKind.Cancel,
            "Ends a migration",
            "Issues already copied stay. Repositories that another migration waits for continue for that one."
        );
        migrations.MapCommand(
            InterventionKind.Pause,
            "Pauses a migration: nothing new is started until it is resumed",
            "Work in flight is finished."
        );
        migrations.MapCommand(InterventionKind.Resume, "Resumes a paused migration", "It continues where it stopped.");
        migrations.MapCommand(
            InterventionKind.Retry,
            "Runs a migration that has ended again where something failed",
            "The source is read again, and missing issues are created in the repositories that failed or had issues rejected."
        );
    }

    static void MapCommand(this IEndpointRouteBuilder migrations, InterventionKind kind, string summary, string description) =>
        migrations
            .MapPost(
                $"/{{id:guid}}/{kind.ToString().ToLowerInvariant()}",
                (Guid id, HttpRequest http, MigrationCommands commands, CancellationToken cancellationToken) =>
                    CommandAsync(kind, id, http, commands, cancellationToken)
            )
            .WithName($"{kind}Migration")
            .WithSummary(summary)
            .WithDescription($"{description} The response confirms the request; the state of the migration shows when it is done.")
            .Accepts<CommandRequest>(isOptional: true, "application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    static async Task<Results<AcceptedAtRoute<AcceptedMigration>, ProblemHttpResult>> CommandAsync(
        InterventionKind kind,
        Guid id,
        HttpRequest http,
        MigrationCommands commands,
        CancellationToken cancellationToken
    )
    {
        var body = await http.ReadAsync(ReasonTranslator.MaxBytes, cancellationToken);
        var (reason, faults) = ReasonTranslator.Read(body);
        if (faults.Count > 0)
        {
            return Problems.Refused(
                "The command is refused; nothing was done.",
                faults,
                body.Length > ReasonTranslator.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest
            );
        }

        var outcome = await commands.SendAsync(kind, id, reason, cancellationToken);
        return outcome.Status switch
        {
            CommandStatus.Sent => TypedResults.AcceptedAtRoute(
                new AcceptedMigration(id, $"/api/migrations/{id}"),
                MigrationEndpoints.Find,
                new RouteValueDictionary { ["id"] = id }
            ),
            CommandStatus.NoSuchMigration => Problems.NoSuchMigration(),
            CommandStatus.Impossible => TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: outcome.Title,
                detail: outcome.Detail
            ),
            _ => Later(http, outcome.Title, outcome.Detail),
        };
    }

    static ProblemHttpResult Later(HttpRequest http, string title, string detail)
    {
        http.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: title, detail: detail);
    }
}

/// <summary>The body of a command.</summary>
/// <param name="Reason">The reason, in one line of 300 characters at most; null when none is given.</param>
sealed record CommandRequest(string? Reason);
