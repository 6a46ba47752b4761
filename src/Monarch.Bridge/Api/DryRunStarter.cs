using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts;

namespace Monarch.Bridge.Api;

/// <summary>
/// Starts dry runs. A request is not stored: a caller that receives no answer sends it again, and a dry run changes nothing at GitHub.
/// </summary>
sealed class DryRunStarter(IDryRunStore store, CommandSender sender, TimeProvider time, ILogger<DryRunStarter> logger)
{
    const string RetryAfterSeconds = "5";

    public async Task<Results<AcceptedAtRoute<AcceptedMigration>, ProblemHttpResult>> StartAsync(
        MigrationRequest request,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var start = QueuedDryRun.Start(Guid.CreateVersion7(now), request, now);
        // Before the saga can report anything: the id can be looked up from the answer on.
        await store.ApplyAsync(start.Queued(), cancellationToken);
        if (!await sender.TrySendAsync(start, EndpointNames.DryRun))
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The message broker cannot be reached.",
                detail: "The dry run was not started. Send the request again."
            );
        }

        logger.DryRunStarted(start.DryRunId, start.Source, start.Targets.Count);
        return TypedResults.AcceptedAtRoute(
            new AcceptedMigration(start.DryRunId, $"/api/dry-runs/{start.DryRunId}"),
            DryRunEndpoints.Find,
            new RouteValueDictionary { ["id"] = start.DryRunId }
        );
    }
}
