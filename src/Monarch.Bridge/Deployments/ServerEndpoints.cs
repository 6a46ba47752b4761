using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Api;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Shows servers, and takes commands of people and scripts.</summary>
static class ServerEndpoints
{
    static readonly SteeringKind[] Commands =
    [
        SteeringKind.Deploy,
        SteeringKind.Hold,
        SteeringKind.Resume,
        SteeringKind.Cancel,
        SteeringKind.Drop,
    ];

    public static void MapServers(this IEndpointRouteBuilder usher)
    {
        usher.MapGet("/servers", ListAsync);
        usher.MapGet("/servers/{server}", FindAsync);
        foreach (var kind in Commands)
        {
            usher.MapPost(
                $"/servers/{{server}}/{kind.ToString().ToLowerInvariant()}",
                (
                    string server,
                    HttpContext http,
                    ServerDirectory directory,
                    ServerSteering steering,
                    TimeProvider time,
                    CancellationToken cancellationToken
                ) => SteerAsync(kind, server, http, directory, steering, time, cancellationToken)
            );
        }

        usher.MapGet("/deployments", ListDeploymentsAsync);
        usher.MapReport("succeeded", SteeringKind.ReportSucceeded);
        usher.MapReport("failed", SteeringKind.ReportFailed);
    }

    static void MapReport(this IEndpointRouteBuilder usher, string outcome, SteeringKind kind) =>
        usher.MapPost(
            $"/deployments/{{id:guid}}/{outcome}",
            (
                Guid id,
                HttpContext http,
                ServerDirectory directory,
                ServerSteering steering,
                TimeProvider time,
                CancellationToken cancellationToken
            ) => ReportAsync(kind, id, http, directory, steering, time, cancellationToken)
        );

    static async Task<Ok<ServerList>> ListAsync(IServerViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ServerList([.. (await views.ListAsync(cancellationToken)).Select(Shown)]));

    static async Task<Results<Ok<ServerProgressed>, ProblemHttpResult>> FindAsync(
        string server,
        ServerDirectory directory,
        CancellationToken cancellationToken
    ) => await directory.FindAsync(server, cancellationToken) is { } view ? TypedResults.Ok(Shown(view)) : NoSuchServer();

    static async Task<Ok<DeploymentList>> ListDeploymentsAsync(IServerViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            new DeploymentList([
                .. (await views.ListAsync(cancellationToken)).Where(view => view.Deployment is not null).Select(DeploymentView.Of),
            ])
        );

    static async Task<Results<Ok<ServerProgressed>, ProblemHttpResult>> SteerAsync(
        SteeringKind kind,
        string server,
        HttpContext http,
        ServerDirectory directory,
        ServerSteering steering,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        await directory.FindAsync(server, cancellationToken) is { } view
            ? await SteerAsync(kind, view, null, http, steering, time, cancellationToken)
            : NoSuchServer();

    static async Task<Results<Ok<ServerProgressed>, ProblemHttpResult>> ReportAsync(
        SteeringKind kind,
        Guid id,
        HttpContext http,
        ServerDirectory directory,
        ServerSteering steering,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        await directory.FindAsync(id, cancellationToken) is { } view
            ? await SteerAsync(kind, view, id, http, steering, time, cancellationToken)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "There is no such deployment.",
                detail: "GET /deployments lists the deployments that are prepared or running."
            );

    static async Task<Results<Ok<ServerProgressed>, ProblemHttpResult>> SteerAsync(
        SteeringKind kind,
        ServerProgressed server,
        Guid? deploymentId,
        HttpContext http,
        ServerSteering steering,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var body = await http.Request.ReadAsync(SteeringTranslator.MaxBytes, cancellationToken);
        var now = time.GetUtcNow();
        var (request, faults) = SteeringTranslator.Read(kind, server.Project, body, now);
        if (request is null)
        {
            var status = body.Length > SteeringTranslator.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            return Problems.Refused("The command is refused; nothing was done.", faults, status);
        }

        var answer = await steering.SteerAsync(
            new()
            {
                ServerId = server.ServerId,
                Project = server.Project,
                Status = server.Status,
                CommandId = Guid.NewGuid(),
                Kind = kind,
                Actor = request.Actor,
                Reason = request.Reason,
                RequestedAt = now,
                Until = request.Until,
                HoldFor = request.HoldFor,
                DeploymentId = deploymentId,
                Issues = request.Issues,
            },
            new(time),
            cancellationToken
        );
        return answer.Outcome switch
        {
            SteeringOutcome.Done => TypedResults.Ok(Shown(answer.View!)),
            SteeringOutcome.Refused => SteeringProblems.Refused(answer.Record!.Refusal!),
            SteeringOutcome.NotSent => http.NotSent(),
            _ => http.Unanswered(),
        };
    }

    // Internal to the Bridge.
    static ServerProgressed Shown(ServerProgressed view) => view with { SavedIntakeIds = [] };

    static ProblemHttpResult NoSuchServer() =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "There is no such server.",
            detail: "GET /servers lists the servers that issues were moved to; USHER_PROJECTS and USHER_SERVER define all."
        );
}

/// <summary>The servers that issues were moved to or that received commands, by name.</summary>
sealed record ServerList(IReadOnlyList<ServerProgressed> Servers);
