using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Credentials;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Requests;
using Monarch.Bridge.Status;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Api;

/// <summary>The API: asks for migrations and tells how they go.</summary>
static class MigrationEndpoints
{
    public const string Find = "FindMigration";
    const string Refusal = "The request is refused as a whole; nothing was started.";
    const int MaxIdempotencyKeyLength = 200;

    public static void MapMigrations(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Migrations").AddEndpointFilter<RedisOutageFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var migrations = api.MapGroup("/migrations");
        migrations.MapPost("/", PostAsync).WithName("RequestMigration").Accepts<ForeignRequest>("application/json", RequestBody.AnyType)
            .WithSummary("Asks for a migration")
            .WithDescription("The body is the message that the Learning Platform publishes. With an Idempotency-Key, the same request within 24 hours is the same batch.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        migrations.MapGet("/", ListAsync).WithName("ListMigrations").WithSummary("Lists migrations, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        migrations.MapGet("/{id:guid}", FindAsync).WithName(Find).WithSummary("Tells the state of a migration and of each of its repositories")
            .ProducesProblem(StatusCodes.Status404NotFound);
        migrations.MapCommands();
        api.MapGet("/rejected", RejectedAsync).WithName("ListRejected")
            .WithSummary("Lists the latest requests that were refused, with the reasons")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/credentials", CredentialsAsync).WithName("ListCredentials").WithSummary("Lists the credentials, and what GitHub lets each of them do")
            .WithDescription("Those of which a worker has told within a quarter of an hour. Credentials of one account share its budget.");
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
            return Problems.Refused(Refusal, [new("The Idempotency-Key", $"has {idempotencyKey.Length} characters: give 1 to {MaxIdempotencyKeyLength}.")]);
        }

        var message = await http.ReadAsync(RequestTranslator.MaxBytes, cancellationToken);
        var (request, faults) = translator.Read(message);
        if (request is null)
        {
            await rejections.AddAsync("POST /api/migrations", message, faults, cancellationToken);
            return Problems.Refused(Refusal, faults, message.Length > RequestTranslator.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest);
        }

        http.CheckTrace(instruments);
        using var span = RequestSpan.Begin("POST /api/migrations", request.TraceParent);
        if (await intake.AddCallAsync(request, idempotencyKey, cancellationToken) is not { } batchId)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                title: "The Idempotency-Key was used for another request.",
                detail: "Give each request a key of its own, and send a key again only with the same request.");
        }

        instruments.Accepted();
        logger.RequestAccepted(batchId, request.Source, request.Targets.Count, "POST /api/migrations");
        return TypedResults.AcceptedAtRoute(new AcceptedMigration(batchId, $"/api/migrations/{batchId}"), Find, new RouteValueDictionary { ["id"] = batchId });
    }

    // ASP.NET Core continues a good one, and ignores the others.
    static void CheckTrace(this HttpRequest http, BridgeInstruments instruments)
    {
        if (http.Headers.TryGetValue(TraceParent.Header, out var header) && TraceParent.Of($"{header}") == default)
        {
            instruments.TraceParentMalformed();
        }
    }

    static async Task<Ok<MigrationList>> ListAsync(
        IStatusStore store, CancellationToken cancellationToken, int skip = 0, int count = 50)
    {
        var page = await store.ListAsync(Math.Max(0, skip), Math.Clamp(count, 1, 200), cancellationToken);
        return TypedResults.Ok(new MigrationList(page));
    }

    static async Task<Results<Ok<MigrationView>, ProblemHttpResult>> FindAsync(
        Guid id, IStatusStore store, ExpectedEnds expectedEnds, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } view
            ? TypedResults.Ok(view with { ExpectedEndAt = await expectedEnds.OfAsync(view, cancellationToken) })
            : Problems.NoSuchMigration();

    static async Task<Ok<CredentialList>> CredentialsAsync(ICredentialViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CredentialList([.. (await views.ListAsync(cancellationToken)).Select(report => report.View)]));

    static async Task<Ok<RejectionList>> RejectedAsync(IRejectionStore store, CancellationToken cancellationToken, int count = 50) =>
        TypedResults.Ok(new RejectionList(await store.GetNewestAsync(Math.Clamp(count, 1, 200), cancellationToken)));
}
