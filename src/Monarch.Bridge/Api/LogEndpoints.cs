using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Logging.Store;

namespace Monarch.Bridge.Api;

/// <summary>Searches the log of all processes.</summary>
static class LogEndpoints
{
    public const string Ndjson = "application/x-ndjson";
    const string Refusal = "The log cannot be searched like this.";

    public static void MapLogs(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .WithTags("Logs")
            .AddEndpointFilter<RedisOutageFilter>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/logs", ListAsync)
            .WithName("ListLogs")
            .WithSummary("Searches the log of all processes, newest lines first")
            .WithDescription(
                "A page with a cursor may have fewer lines than requested: each page scans 50,000 lines. "
                    + $"With Accept: {Ndjson} it is the same as /api/logs/export."
            )
            .Produces<LogList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/logs/export", ExportAsync)
            .WithName("ExportLogs")
            .WithSummary("Writes all lines that match, one JSON object a line, newest first")
            .Produces(StatusCodes.Status200OK, contentType: Ndjson)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/services", ServicesAsync)
            .WithName("ListServices")
            .WithSummary("Lists the services that have lines in the log")
            .Produces<ServiceList>();
        string[] levels = [.. Enum.GetNames<LogLevel>().Where(level => level != nameof(LogLevel.None))];
        routes
            .MapGet("/api/log-levels", () => TypedResults.Ok(new LogLevelList(levels)))
            .WithTags("Logs")
            .WithName("ListLogLevels")
            .WithSummary("Lists the levels of the log, the lowest first");
    }

    static async Task<IResult> ListAsync([AsParameters] LogParameters parameters, HttpRequest http, CancellationToken cancellationToken)
    {
        if (http.Headers.Accept.Any(accept => accept?.Contains(Ndjson, StringComparison.OrdinalIgnoreCase) is true))
        {
            return await ExportAsync(parameters, http, cancellationToken);
        }

        if (Store(http) is not { } store)
        {
            return NotStored();
        }

        var (query, _, faults) = LogTranslator.Read(parameters);
        if (query is null)
        {
            return Problems.Refused(Refusal, faults);
        }

        var page = await store.ReadAsync(query, cancellationToken);
        return TypedResults.Ok(new LogList([.. page.Lines.Select(LogView.Of)], page.Next?.ToString()));
    }

    static async Task<IResult> ExportAsync([AsParameters] LogParameters parameters, HttpRequest http, CancellationToken cancellationToken)
    {
        if (Store(http) is not { } store)
        {
            return NotStored();
        }

        var (query, limit, faults) = LogTranslator.Read(parameters, long.MaxValue);
        if (query is null)
        {
            return Problems.Refused(Refusal, faults);
        }

        query = query with { Limit = (int)Math.Min(limit ?? LogQuery.MaxLimit, LogQuery.MaxLimit) };
        // Until the response has started, an outage is still answered with 503.
        var first = await store.ReadAsync(query, cancellationToken);
        return TypedResults.Stream(output => WriteAsync(output, store, query, first, limit ?? long.MaxValue, cancellationToken), Ndjson);
    }

    static async Task WriteAsync(
        Stream output,
        LogStore store,
        LogQuery query,
        LogPage page,
        long left,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            foreach (var line in page.Lines.Take((int)Math.Min(left, page.Lines.Count)))
            {
                await JsonSerializer.SerializeAsync(output, LogView.Of(line), ApiJson.Default.LogView, cancellationToken);
                await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }

            await output.FlushAsync(cancellationToken);
            left -= page.Lines.Count;
            if (page.Next is null || left <= 0)
            {
                return;
            }

            page = await store.ReadAsync(query with { Cursor = page.Next }, cancellationToken);
        }
    }

    static async Task<IResult> ServicesAsync(HttpRequest http, CancellationToken cancellationToken) =>
        Store(http) is { } store ? TypedResults.Ok(new ServiceList(await store.ServicesAsync(cancellationToken))) : NotStored();

    static LogStore? Store(HttpRequest http) => http.HttpContext.RequestServices.GetService(typeof(LogStore)) as LogStore;

    static ProblemHttpResult NotStored() =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "The log is not stored.",
            detail: "It is stored when a Redis is configured (VALKEY_HOST or MONARCH_LOG_REDIS) and MONARCH_LOG_STORE is not off. "
                + "The console has every line."
        );
}

/// <summary>Some lines of the log, newest first.</summary>
/// <param name="Lines">The lines; fewer than requested, even none, when the search continues with the cursor.</param>
/// <param name="Cursor">Where the next page begins; left out on the last page.</param>
sealed record LogList(IReadOnlyList<LogView> Lines, string? Cursor);

/// <summary>The levels of the log, the lowest first.</summary>
sealed record LogLevelList(IReadOnlyList<string> Levels);

/// <summary>The services that have lines in the log store.</summary>
sealed record ServiceList(IReadOnlyList<string> Services);
