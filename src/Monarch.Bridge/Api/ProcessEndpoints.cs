using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Monarch.Hosting.Processes;

namespace Monarch.Bridge.Api;

/// <summary>Lists the running processes.</summary>
static class ProcessEndpoints
{
    public static void MapProcesses(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/processes", ListAsync)
            .WithTags("Processes")
            .WithName("ListProcesses")
            .WithSummary("Lists the processes that are alive, and whether each can work")
            .AddEndpointFilter<RedisOutageFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<Ok<ProcessList>> ListAsync(ProcessDirectory processes, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ProcessList(await processes.ListAsync(cancellationToken)));
}

/// <summary>The processes that are alive, the longest running first.</summary>
sealed record ProcessList(IReadOnlyList<ProcessState> Processes);
