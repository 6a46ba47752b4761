using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.Admin;

/// <summary>Seeds, reads and disturbs the sandbox from outside; <see cref="AdminHelp"/> lists how.</summary>
sealed class AdminApi(SandboxState state)
{
    public const string Prefix = "/admin/";
    static readonly AdminJson Json = AdminJson.Default;

    public async Task HandleAsync(HttpContext context, string path)
    {
        var body = await RequestBody.ReadAsync(context.Request);
        Answer answer;
        try
        {
            answer = Answer(context.Request.Method, path[Prefix.Length..].TrimEnd('/').Split('/'), body);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            answer = Show(400, new AdminError(exception.Message), Json.AdminError);
        }

        await Delivery.AnswerAsync(context, answer);
    }

    Answer Answer(string method, string[] path, byte[] body) => (method, path) switch
    {
        ("GET", [""]) => new Answer(200, Encoding.UTF8.GetBytes(AdminHelp.Text), "text/plain; charset=utf-8"),
        ("POST", ["seed"]) => Do(() => state.Seed(Read(body, Json.SeedRequest))),
        ("GET", ["repositories"]) => Show(200, state.Repositories.All.Select(r => r.View(withIssues: false)).ToList(), Json.ListRepositoryView),
        (_, ["repositories", var owner, var name]) => Repository(method, owner + "/" + name, body),
        ("DELETE", ["repositories", var owner, var name, "issues", var number]) => DeleteIssue(owner + "/" + name, number),
        ("POST", ["rename"]) => Do(() => Rename(Read(body, Json.RenameRequest))),
        ("GET", ["requests"]) => Show(200, state.Requests.View(), Json.RequestsView),
        ("GET", ["slack"]) => Show(200, state.Slack.View(), Json.IReadOnlyListSlackMessageView),
        ("GET", ["limits"]) => Show(200, state.Limits, Json.SandboxLimits),
        ("PUT" or "POST", ["limits"]) => Do(() => state.Limits = Read(body, Json.SandboxLimits)),
        ("GET", ["faults"]) => Show(200, state.Faults.Settings, Json.SandboxFaults),
        ("PUT", ["faults"]) => Do(() => state.Faults.Settings = Read(body, Json.SandboxFaults)),
        ("POST", ["faults"]) => Do(() => Read(body, Json.ListScriptedAnswer).ForEach(state.Faults.Script)),
        ("DELETE", ["faults"]) => Do(Heal),
        ("POST", ["reset"]) => Do(state.Reset),
        _ => Show(404, new AdminError("Nothing here: GET /admin/ lists what there is."), Json.AdminError),
    };

    Answer Repository(string method, string fullName, byte[] body)
    {
        if (state.Repositories.Find(fullName) is not { } repository)
            return Show(404, new AdminError($"There is no repository {fullName}."), Json.AdminError);
        if (method != "GET")
            repository.Apply(Read(body, Json.RepositoryFlags));
        return Show(200, repository.View(withIssues: true), Json.RepositoryView);
    }

    Answer DeleteIssue(string fullName, string number) =>
        int.TryParse(number, out var parsed) && state.Repositories.Find(fullName)?.Delete(parsed) == true
            ? new Answer(204, [], "application/json")
            : Show(404, new AdminError($"There is no issue {number} in {fullName}."), Json.AdminError);

    void Rename(RenameRequest rename) => state.Repositories.Rename(rename.From, rename.To);

    void Heal()
    {
        state.Faults.ClearScripts();
        state.Faults.Settings = new SandboxFaults();
    }

    static Answer Do(Action action)
    {
        action();
        return new Answer(204, [], "application/json");
    }

    static T Read<T>(byte[] body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new ArgumentException("The body is null.");

    static Answer Show<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");
}
