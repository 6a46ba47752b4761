using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.Api;

/// <summary>Reports the results of dry runs.</summary>
static class DryRunEndpoints
{
    public const string Find = "FindDryRun";

    public static void MapDryRuns(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/dry-runs")
            .WithTags("Dry runs")
            .AddEndpointFilter<RedisOutageFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .MapGet("/{id:guid}", FindAsync)
            .WithName(Find)
            .WithSummary("Returns what a migration would do")
            .WithDescription("POST /api/migrations?dryRun=true starts a dry run. Its result is kept for 24 hours.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<DryRunView>, ProblemHttpResult>> FindAsync(
        Guid id,
        IDryRunStore store,
        DryRunDurations durations,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindAsync(id, cancellationToken) is not { } view)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "There is no such dry run.",
                detail: "Either the id is wrong, or the result is older than 24 hours and has expired."
            );
        }

        return TypedResults.Ok(
            view.Status == DryRunStatus.Completed
                ? view with
                {
                    Duration = await durations.OfAsync(
                        [.. view.Repositories.Select(repository => repository.Plan).OfType<TargetPlan>()],
                        cancellationToken
                    ),
                }
                : view
        );
    }
}
