using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Requests;
using Monarch.Bridge.Status;

namespace Monarch.Bridge.Api;

/// <summary>The API: asks for migrations and tells how they go.</summary>
static class MigrationEndpoints
{
    const string Find = "FindMigration";
    const int MaxIdempotencyKeyLength = 200;

    public static void MapMigrations(this IEndpointRouteBuilder routes)
    {
        var migrations = routes.MapGroup("/api/migrations").WithTags("Migrations");
        migrations.MapPost("/", PostAsync).WithName("RequestMigration").Accepts<ForeignRequest>("application/json")
            .WithSummary("Asks for a migration")
            .WithDescription("The body is the message that the Learning Platform publishes. With an Idempotency-Key, the same request within 24 hours is the same batch.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        migrations.MapGet("/", ListAsync).WithName("ListMigrations").WithSummary("Lists migrations, newest first");
        migrations.MapGet("/{id:guid}", FindAsync).WithName(Find).WithSummary("Tells the state of a migration and of each of its repositories");
        routes.MapGet("/api/rejected", RejectedAsync).WithName("ListRejected").WithTags("Migrations")
            .WithSummary("Lists the latest requests that were refused, with the reasons");
    }

    static async Task<Results<AcceptedAtRoute<AcceptedMigration>, ProblemHttpResult>> PostAsync(
        HttpRequest http,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        RequestTranslator translator,
        RequestIntake intake,
        Rejections rejections,
        BridgeInstruments instruments,
        ILogger<RequestIntake> logger,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is { Length: > MaxIdempotencyKeyLength or 0 })
        {
            return Refused([$"The Idempotency-Key has {idempotencyKey.Length} characters: give 1 to {MaxIdempotencyKeyLength}."]);
        }

        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancellationToken);
        var message = body.GetBuffer().AsMemory(0, (int)body.Length);
        var (request, faults) = translator.Read(message);
        if (request is null)
        {
            await rejections.AddAsync("POST /api/migrations", Encoding.UTF8.GetString(message.Span), faults, cancellationToken);
            return Refused(faults);
        }

        if (await intake.AddCallAsync(request, idempotencyKey, cancellationToken) is not { } batchId)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                title: "The Idempotency-Key was used for another request.",
                detail: "Give each request a key of its own, and send a key again only with the same request.");
        }

        instruments.RequestsAccepted.Add(1);
        logger.RequestAccepted(batchId, request.Source, request.Targets.Count, "POST /api/migrations");
        return TypedResults.AcceptedAtRoute(new AcceptedMigration(batchId, $"/api/migrations/{batchId}"), Find, new RouteValueDictionary { ["id"] = batchId });
    }

    static async Task<Ok<MigrationList>> ListAsync(
        IStatusStore store, CancellationToken cancellationToken, int skip = 0, int count = 50)
    {
        var page = await store.ListAsync(Math.Max(0, skip), Math.Clamp(count, 1, 200), cancellationToken);
        return TypedResults.Ok(new MigrationList(page));
    }

    static async Task<Results<Ok<MigrationView>, ProblemHttpResult>> FindAsync(Guid id, IStatusStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "There is no such migration.", detail: "Either it never was, or it ended too long ago.");

    static async Task<Ok<RejectionList>> RejectedAsync(IRejectionStore store, CancellationToken cancellationToken, int count = 50) =>
        TypedResults.Ok(new RejectionList(await store.GetNewestAsync(Math.Clamp(count, 1, 200), cancellationToken)));

    static ProblemHttpResult Refused(IReadOnlyList<string> faults) => TypedResults.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request is refused as a whole; nothing was started.",
        Detail = string.Join(' ', faults),
        Extensions = { ["faults"] = faults },
    });
}
