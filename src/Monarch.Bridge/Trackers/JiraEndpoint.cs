using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Api;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Telemetry;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Trackers;

/// <summary>Receives deliveries of Jira. Jira repeats a delivery that is answered with 5xx, 408, 409, 425 or 429, or not at all.</summary>
static class JiraEndpoint
{
    const string Source = "jira";
    const string DeliveryId = "X-Atlassian-Webhook-Identifier";
    const int MaxDeliveryIdLength = 200;

    public static void MapJira(this IEndpointRouteBuilder usher)
    {
        var endpoint = usher.MapPost("/trackers/jira", ReceiveAsync);
        _ = usher.ServiceProvider.GetRequiredService<JiraCallers>().HasNone ? endpoint.ShowOnUsherToKnown() : endpoint.ShowOnUsherToAll();
    }

    static async Task<Results<Ok<TrackerAnswer>, UnauthorizedHttpResult, ProblemHttpResult>> ReceiveAsync(
        HttpRequest http,
        JiraCallers callers,
        JiraTranslator translator,
        MoveIntake intake,
        UsherInstruments instruments,
        TimeProvider time,
        ILogger<JiraTranslator> logger,
        CancellationToken cancellationToken
    )
    {
        var body = await http.ReadAsync(JiraTranslator.MaxBytes, cancellationToken);
        if (body.Length > JiraTranslator.MaxBytes)
        {
            instruments.Received(Source, MoveResult.Refused);
            return TypedResults.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: "The delivery has more than 1 MiB.");
        }

        if (!callers.Accepts(http, body.Span))
        {
            instruments.Received(Source, MoveResult.Refused);
            logger.TrackerNotAuthenticated(Source, http.HttpContext.Connection.RemoteIpAddress);
            return TypedResults.Unauthorized();
        }

        var reading = translator.Read(body, time.GetUtcNow());
        if (reading.Fault is { } fault)
        {
            instruments.Received(Source, MoveResult.Refused);
            logger.MoveRefused(Source, body.Length, "The body");
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The delivery cannot be read.", detail: fault);
        }

        if (reading.Moves.Count == 0)
        {
            instruments.Received(Source, MoveResult.Ignored);
            logger.DeliveryIgnored(Source, reading.Reason!);
            return TypedResults.Ok(new TrackerAnswer("ignored", reading.Reason));
        }

        var (isQueued, deliveryId) = (false, DeliveryIdOf(http));
        for (var i = 0; i < reading.Moves.Count; i++)
        {
            var id = deliveryId is null || i == 0 ? deliveryId : $"{deliveryId}:{i}";
            isQueued |= await TakeAsync(reading.Moves[i], id, intake, instruments, logger, cancellationToken);
        }

        return TypedResults.Ok(
            isQueued ? new TrackerAnswer("queued") : new TrackerAnswer("duplicate", "The same delivery was received before.")
        );
    }

    static async Task<bool> TakeAsync(
        Move move,
        string? deliveryId,
        MoveIntake intake,
        UsherInstruments instruments,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var isQueued = true;
        if (deliveryId is null)
        {
            await intake.AddAsync(move, Source, cancellationToken);
        }
        else
        {
            isQueued = await intake.AddOnceAsync(move, Source, deliveryId, cancellationToken);
        }

        instruments.Received(Source, isQueued ? MoveResult.Queued : MoveResult.Duplicate);
        if (isQueued)
        {
            logger.MoveReceived(move.Issue, move.Status, Source);
        }

        return isQueued;
    }

    // The automation sends none. A longer one is not Jira's.
    static string? DeliveryIdOf(HttpRequest http) =>
        http.Headers[DeliveryId].ToString() is { Length: > 0 and <= MaxDeliveryIdLength } id ? id : null;
}
