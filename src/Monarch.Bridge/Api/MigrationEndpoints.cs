using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Bridge.Telemetry;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Api;

/// <summary>The API: requests migrations and reports their state.</summary>
static class MigrationEndpoints
{
    public const string Find = "FindMigration";
    const string Refusal = "The request is refused as a whole; nothing was started.";
    const int MaxIdempotencyKeyLength = 200;

    public static void MapMigrations(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .WithTags("Migrations")
            .AddEndpointFilter<RedisOutageFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var migrations = api.MapGroup("/migrations");
        migrations
            .MapPost("/", PostAsync)
            .WithName("RequestMigration")
            .Accepts<ForeignRequest>("application/json", RequestBody.AnyType)
            .WithSummary("Requests a migration")
            .WithDescription(
                "The body is the message that the Learning Platform publishes. "
                    + "With an Idempotency-Key, the same request within 24 hours returns the same migration. "
                    + "With dryRun=true it starts a dry run instead, which changes nothing at GitHub; the answer names its address."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        migrations
            .MapGet("/", ListAsync)
            .WithName("ListMigrations")
            .WithSummary("Lists migrations, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        migrations
            .MapGet("/{id:guid}", FindAsync)
            .WithName(Find)
            .WithSummary("Returns the state of a migration and of each of its repositories")
            .ProducesProblem(StatusCodes.Status404NotFound);
        migrations.MapCommands();
        api.MapGet("/rejected", RejectedAsync)
            .WithName("ListRejected")
            .WithSummary("Lists the latest requests that were refused, with the reasons")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/credentials", CredentialsAsync)
            .WithName("ListCredentials")
            .WithSummary("Lists the credentials, and the limits that GitHub applies to each")
            .WithDescription("Credentials that a worker reported within the last 15 minutes. Credentials of one account share its budget.");
    }

    static async Task<Results<AcceptedAtRoute<AcceptedMigration>, ProblemHttpResult>> PostAsync(
        HttpRequest http,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        RequestTranslator translator,
        RequestIntake intake,
        Rejections rejections,
        BridgeInstruments instruments,
        DryRunStarter dryRuns,
        ILogger<RequestIntake> logger,
        CancellationToken cancellationToken,
        bool dryRun = false
    )
    {
        if (idempotencyKey is { Length: > MaxIdempotencyKeyLength or 0 })
        {
            return Problems.Refused(
                Refusal,
                [new("The Idempotency-Key", $"has {idempotencyKey.Length} characters: give 1 to {MaxIdempotencyKeyLength}.")]
            );
        }

        var message = await http.ReadAsync(RequestTranslator.MaxBytes, cancellationToken);
        var (request, faults) = translator.Read(message);
        if (request is null)
        {
            await rejections.AddAsync("POST /api/migrations", message, faults, cancellationToken);
            return Problems.Refused(
                Refusal,
                faults,
                message.Length > RequestTranslator.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest
            );
        }

        if (dryRun)
        {
            return await dryRuns.StartAsync(request, http.HttpContext.Response, cancellationToken);
        }

        http.CheckTrace(instruments);
        using var span = RequestSpan.Begin("POST /api/migrations", request.TraceParent);
        if (await intake.AddCallAsync(request, idempotencyKey, cancellationToken) is not { } batchId)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                title: "The Idempotency-Key was used for another request.",
                detail: "Give each request its own key, and reuse a key only for the same request."
            );
        }

        instruments.Accepted();
        logger.RequestAccepted(batchId, request.Source, request.Targets.Count, "POST /api/migrations");
        return TypedResults.AcceptedAtRoute(
            new AcceptedMigration(batchId, $"/api/migrations/{batchId}"),
            Find,
            new RouteValueDictionary { ["id"] = batchId }
        );
    }

    // ASP.NET Core continues a valid trace and ignores a malformed one.
    static void CheckTrace(this HttpRequest http, BridgeInstruments instruments)
    {
        if (http.Headers.TryGetValue(TraceParent.Header, out var header) && TraceParent.Of($"{header}") == default)
        {
            instruments.TraceParentMalformed();
        }
    }

    static async Task<Ok<MigrationList>> ListAsync(IStatusStore store, CancellationToken cancellationToken, int skip = 0, int count = 50)
    {
        var page = await store.ListAsync(Math.Max(0, skip), Math.Clamp(count, 1, 200), cancellationToken);
        return TypedResults.Ok(new MigrationList(page));
    }

    static async Task<Results<Ok<MigrationView>, ProblemHttpResult>> FindAsync(
        Guid id,
        IStatusStore store,
        ExpectedEnds expectedEnds,
        CancellationToken cancellationToken
    ) =>
        await store.FindAsync(id, cancellationToken) is { } view
            ? TypedResults.Ok(view with { ExpectedEndAt = await expectedEnds.OfAsync(view, cancellationToken) })
            : Problems.NoSuchMigration();

    static async Task<Ok<CredentialList>> CredentialsAsync(ICredentialViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CredentialList([.. (await views.ListAsync(cancellationToken)).Select(report => report.View)]));

    static async Task<Ok<RejectionList>> RejectedAsync(IRejectionStore store, CancellationToken cancellationToken, int count = 50) =>
        TypedResults.Ok(new RejectionList(await store.GetNewestAsync(Math.Clamp(count, 1, 200), cancellationToken)));
}

/// <summary>The answer to a request that was accepted.</summary>
/// <param name="Id">Identifies the migration or the dry run.</param>
/// <param name="Status">The address of its state.</param>
sealed record AcceptedMigration(Guid Id, string Status);

/// <summary>Some migrations, newest first.</summary>
sealed record MigrationList(IReadOnlyList<MigrationView> Migrations);

/// <summary>The credentials that workers reported within the last 15 minutes.</summary>
sealed record CredentialList(IReadOnlyList<CredentialView> Credentials);

/// <summary>Some refused requests, newest first.</summary>
sealed record RejectionList(IReadOnlyList<Rejection> Rejected);
