using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.Admin;

/// <summary>Seeds, reads and disturbs the sandbox from outside; <see cref="AdminHelp"/> lists how.</summary>
static class AdminEndpoints
{
    public const string Prefix = "/admin/";
    const string OneRepository = "repositories/{owner}/{name}";
    static readonly AdminJson Json = AdminJson.Default;

    public static void MapAdmin(this IEndpointRouteBuilder routes, SandboxState state)
    {
        var admin = routes.MapGroup(Prefix);
        Map(["GET"], "", _ => new Answer(200, Encoding.UTF8.GetBytes(AdminHelp.Text), "text/plain; charset=utf-8"));
        Map(["POST"], "seed", Do(x => state.Seed(x.Read(Json.SeedRequest))));
        Map(["GET"], "repositories", _ => Show(
            200, state.Repositories.All.Select(repository => repository.View(withIssues: false)).ToList(), Json.ListRepositoryView));
        Map(["GET"], OneRepository, InRepository((_, repository) => Show(200, repository.View(withIssues: true), Json.RepositoryView)));
        Map(["PATCH", "PUT", "POST"], OneRepository, InRepository((x, repository) =>
        {
            repository.Apply(x.Read(Json.RepositoryFlags));
            return Show(200, repository.View(withIssues: true), Json.RepositoryView);
        }));
        Map(["DELETE"], OneRepository + "/issues/{number:int}", InRepository((x, repository) => repository.Delete(x.Number)
            ? new Answer(204, [], "application/json")
            : Refuse(404, $"There is no issue {x.Number} in {repository.FullName}.")));
        Map(["POST"], "rename", Do(x => Rename(x.Read(Json.RenameRequest))));
        Map(["GET"], "requests", _ => Show(200, state.Requests.View(), Json.RequestsView));
        Map(["GET"], "slack", _ => Show(200, state.Slack.View(), Json.IReadOnlyListSlackMessageView));
        Map(["GET"], "limits", _ => Show(200, state.Limits, Json.SandboxLimits));
        Map(["PUT", "POST"], "limits", Do(x => state.Limits = x.Read(Json.SandboxLimits)));
        Map(["GET"], "faults", _ => Show(200, state.Faults.Settings, Json.SandboxFaults));
        Map(["PUT"], "faults", Do(x => state.Faults.Settings = x.Read(Json.SandboxFaults)));
        Map(["POST"], "faults", Do(x => x.Read(Json.ListScriptedAnswer).ForEach(state.Faults.Script)));
        Map(["DELETE"], "faults", Do(_ => Heal()));
        Map(["POST"], "reset", Do(_ => state.Reset()));
        admin.MapFallback("{**path}", Run(_ => Refuse(404, "Nothing here: GET /admin/ lists what there is.")));

        void Map(string[] methods, string pattern, Func<Asked, Answer> answer) => admin.MapMethods(pattern, methods, Run(answer));

        Func<Asked, Answer> InRepository(Func<Asked, Repository, Answer> answer) => x => state.Repositories.Find(x.Route) is { } repository
            ? answer(x, repository)
            : Refuse(404, $"There is no repository {RepositoryStore.NameIn(x.Route)}.");

        void Rename(RenameRequest rename) => state.Repositories.Rename(rename.From, rename.To);

        void Heal()
        {
            state.Faults.ClearScripts();
            state.Faults.Settings = new SandboxFaults();
        }
    }

    static RequestDelegate Run(Func<Asked, Answer> answer) => async context =>
    {
        var asked = new Asked(context.Request.RouteValues, await RequestBody.ReadAsync(context.Request));
        Answer given;
        try
        {
            given = answer(asked);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            given = Refuse(400, exception.Message);
        }

        await Delivery.AnswerAsync(context, given);
    };

    static Func<Asked, Answer> Do(Action<Asked> action) => asked =>
    {
        action(asked);
        return new Answer(204, [], "application/json");
    };

    static Answer Refuse(int status, string why) => Show(status, new AdminError(why), Json.AdminError);

    static Answer Show<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");

    readonly record struct Asked(RouteValueDictionary Route, byte[] Body)
    {
        public int Number => int.Parse((string)Route["number"]!, CultureInfo.InvariantCulture);

        public T Read<T>(JsonTypeInfo<T> type) =>
            JsonSerializer.Deserialize(Body, type) ?? throw new ArgumentException("The body is null.");
    }
}
