using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Admin;

/// <summary>The endpoints that seed, read and control the sandbox; <see cref="AdminHelp"/> lists them.</summary>
static class AdminEndpoints
{
    public const string Prefix = "/admin/";
    const string OneRepository = "repositories/{owner}/{name}";
    static readonly AdminJson Json = AdminJson.Default;

    public static void MapAdmin(this IEndpointRouteBuilder routes, SandboxState state)
    {
        var admin = routes.MapGroup(Prefix);
        Map(["GET"], "", _ => new Answer(200, Encoding.UTF8.GetBytes(AdminHelp.Text), "text/plain; charset=utf-8"));
        Map(["POST"], "seed", Execute(x => Seed(x.Read(Json.SeedRequest))));
        Map(
            ["GET"],
            "repositories",
            _ =>
                Respond(
                    200,
                    state.GitHub.Repositories.All.Select(repository => View(repository, withIssues: false)).ToList(),
                    Json.ListRepositoryView
                )
        );
        Map(["GET"], OneRepository, InRepository((_, repository) => Respond(200, View(repository, withIssues: true), Json.RepositoryView)));
        Map(
            ["PATCH", "PUT", "POST"],
            OneRepository,
            InRepository(
                (x, repository) =>
                {
                    repository.Apply(x.Read(Json.RepositoryFlags));
                    return Respond(200, View(repository, withIssues: true), Json.RepositoryView);
                }
            )
        );
        Map(
            ["DELETE"],
            OneRepository + "/issues/{number:int}",
            InRepository(
                (x, repository) =>
                    repository.Delete(x.Number)
                        ? new Answer(204, [], "application/json")
                        : Refuse(404, $"There is no issue {x.Number} in {repository.FullName}.")
            )
        );
        Map(["POST"], "rename", Execute(x => Rename(x.Read(Json.RenameRequest))));
        Map(["GET"], "requests", _ => Respond(200, state.Requests.View(), Json.RequestsView));
        Map(["GET"], "slack", _ => Respond(200, state.Slack.View(), Json.IReadOnlyListSlackMessageView));
        Map(["GET"], "limits", _ => Respond(200, state.Limits, Json.SandboxLimits));
        Map(["PUT", "POST"], "limits", Execute(x => state.Limits = x.Read(Json.SandboxLimits)));
        Map(["GET"], "faults", _ => Respond(200, state.Faults.Settings, Json.SandboxFaults));
        Map(["PUT"], "faults", Execute(x => state.Faults.Settings = x.Read(Json.SandboxFaults)));
        Map(["POST"], "faults", Execute(x => x.Read(Json.ListScriptedAnswer).ForEach(state.Faults.Script)));
        Map(["DELETE"], "faults", Execute(_ => state.ClearFaults()));
        Map(["POST"], "reset", Execute(_ => state.Reset()));
        admin.MapFallback("{**path}", Run(_ => Refuse(404, "Unknown path: GET /admin/ lists the endpoints.")));

        void Map(string[] methods, string pattern, Func<AdminRequest, Answer> answer) => admin.MapMethods(pattern, methods, Run(answer));

        Func<AdminRequest, Answer> InRepository(Func<AdminRequest, Repository, Answer> answer) =>
            x =>
                state.GitHub.Repositories.Find(x.Route) is { } repository
                    ? answer(x, repository)
                    : Refuse(404, $"There is no repository {RepositoryStore.NameIn(x.Route)}.");

        void Seed(SeedRequest seed) => state.Seed(seed.Organisations, seed.Repositories);

        RepositoryView View(Repository repository, bool withIssues) => Views.Of(state.GitHub.Repositories, repository, withIssues);

        void Rename(RenameRequest rename) => state.GitHub.Repositories.Rename(rename.From, rename.To);
    }

    static RequestDelegate Run(Func<AdminRequest, Answer> answer) =>
        async context =>
        {
            var request = new AdminRequest(context.Request.RouteValues, await RequestBody.ReadAsync(context.Request));
            Answer response;
            try
            {
                response = answer(request);
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException)
            {
                response = Refuse(400, exception.Message);
            }

            await Delivery.AnswerAsync(context, response);
        };

    static Func<AdminRequest, Answer> Execute(Action<AdminRequest> action) =>
        request =>
        {
            action(request);
            return new Answer(204, [], "application/json");
        };

    static Answer Refuse(int status, string reason) => Respond(status, new AdminError(reason), Json.AdminError);

    static Answer Respond<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");

    readonly record struct AdminRequest(RouteValueDictionary Route, byte[] Body)
    {
        public int Number => int.Parse((string)Route["number"]!, CultureInfo.InvariantCulture);

        public T Read<T>(JsonTypeInfo<T> type) =>
            JsonSerializer.Deserialize(Body, type) ?? throw new ArgumentException("The body is null.");
    }
}

/// <summary>The body of <c>POST /admin/rename</c>: both are <c>owner/name</c>, so that it can also transfer.</summary>
sealed record RenameRequest(string From, string To);

/// <summary>The error of a request to the admin endpoints.</summary>
sealed record AdminError(string Error);
