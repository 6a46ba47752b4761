using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Api;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Telemetry;

namespace Monarch.Bridge.Deployments;

/// <summary>The API of the former Usher, which teams' scripts use.</summary>
static class MessageEndpoints
{
    const string Source = "api";

    public static void MapMessages(this IEndpointRouteBuilder usher)
    {
        var messages = usher.MapGroup("/messages");
        messages.MapPost("/", PostAsync);
        messages.MapGet("/", ListAsync);
        messages.MapDelete("/", RemoveAsync);
    }

    static async Task<Results<Created<QueuedMessage>, ProblemHttpResult>> PostAsync(
        HttpRequest http,
        MoveTranslator translator,
        MoveIntake intake,
        UsherInstruments instruments,
        ILogger<MoveIntake> logger,
        CancellationToken cancellationToken
    )
    {
        var body = await http.ReadAsync(MoveTranslator.MaxBytes, cancellationToken);
        var (move, faults) = translator.Read(body);
        if (move is null)
        {
            instruments.Received(Source, MoveResult.Refused);
            logger.MoveRefused(Source, body.Length, string.Join(", ", faults.Select(fault => fault.Field)));
            var status =
                body.Length > MoveTranslator.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
            return Problems.Refused("The message is refused.", faults, status);
        }

        await intake.AddAsync(move, Source, cancellationToken);
        instruments.Received(Source, MoveResult.Queued);
        logger.MoveReceived(move.Issue, move.Status, Source);
        return TypedResults.Created((string?)null, QueuedMessage.Of(move));
    }

    static async Task<Results<Ok<List<QueuedMessage>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = MoveFilter.ProjectField)] string? project,
        [FromQuery(Name = MoveFilter.StatusField)] string? status,
        MoveQueue queue,
        CancellationToken cancellationToken
    )
    {
        var (filter, faults) = MoveFilter.Read(project, status);
        if (filter is null)
        {
            return NoFilter(faults);
        }

        var moves = await queue.ListAsync(filter, cancellationToken);
        return moves.Count == 0 ? NothingMatches() : TypedResults.Ok(moves.Select(QueuedMessage.Of).ToList());
    }

    static async Task<Results<Ok<RemovedMessages>, ProblemHttpResult>> RemoveAsync(
        HttpContext http,
        [FromQuery(Name = MoveFilter.ProjectField)] string? project,
        [FromQuery(Name = MoveFilter.StatusField)] string? status,
        MoveQueue queue,
        CancellationToken cancellationToken
    )
    {
        // A misspelled filter would remove everything.
        var (filter, faults) = MoveFilter.Read(project, status, http.Request.Query);
        if (filter is null)
        {
            return NoFilter(faults);
        }

        if (await queue.RemoveAsync(filter, cancellationToken) is not { } answers)
        {
            return http.Unsaved();
        }

        if (answers.FirstOrDefault(answer => answer.Outcome != SteeringOutcome.Done) is { } failed)
        {
            return failed.Outcome switch
            {
                SteeringOutcome.Refused => SteeringProblems.Refused(failed.Record!.Refusal!),
                SteeringOutcome.NotSent => http.NotSent(),
                _ => http.Unanswered(),
            };
        }

        var count = answers.Sum(answer => answer.Record!.Removed ?? 0);
        return count == 0 ? NothingMatches() : TypedResults.Ok(new RemovedMessages(count));
    }

    static ProblemHttpResult NoFilter(IReadOnlyList<RequestFault> faults) =>
        Problems.Refused("The messages cannot be found.", faults, StatusCodes.Status422UnprocessableEntity);

    static ProblemHttpResult NothingMatches() =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "There is no such message.",
            detail: "Nothing that matches is queued."
        );
}
