using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

/// <summary>A new sandbox for every test, and a client without redirects or retries.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    protected const string Repo = "school/rare";

    private protected TimerCountingTime Time { get; } = new();
    protected SandboxServer Server { get; private set; } = null!;
    protected HttpClient Http { get; private set; } = null!;
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected virtual SandboxOptions Options => new() { Repositories = [new SeedRepository { FullName = Repo }] };

    public async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync(Options, Time, Ct);
        Http = NewClient();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
    }

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Server.GitHubUrl };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("monarch-tests/1.0");
        return client;
    }

    protected Task<HttpResponseMessage> Get(string path) => Http.GetAsync(path, Ct);

    protected Task<HttpResponseMessage> Create(string json, string repository = Repo) =>
        Http.PostAsync($"repos/{repository}/issues", Json(json), Ct);

    protected Task<HttpResponseMessage> CreateTitled(string title, string repository = Repo) =>
        Create(new JsonObject { ["title"] = title }.ToJsonString(), repository);

    protected Task<HttpResponseMessage> PostJson(string path, string json) => Http.PostAsync(path, Json(json), Ct);

    protected Task<HttpResponseMessage> PatchJson(string path, string json) => Http.PatchAsync(path, Json(json), Ct);

    protected Task<HttpResponseMessage> Delete(string path, string? json = null) =>
        Http.SendAsync(new(HttpMethod.Delete, path) { Content = json is null ? null : Json(json) }, Ct);

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    protected static async Task<JsonNode> Body(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;

    protected static async Task<string> Message(HttpResponseMessage response) => (string)(await Body(response))["message"]!;

    /// <summary>Expects the status and returns the body.</summary>
    protected static async Task<JsonNode> BodyOf(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        return await Body(response);
    }

    /// <summary>Expects a refusal with one error, as resource, code and field, such as <c>Label already_exists name</c>.</summary>
    protected static async Task<string> InvalidField(HttpResponseMessage response)
    {
        var body = await BodyOf(response, HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldBe("Validation Failed");
        var error = body["errors"]!.AsArray().ShouldHaveSingleItem()!;
        return $"{error["resource"]} {error["code"]} {error["field"]}";
    }

    protected static IEnumerable<string> Texts(JsonNode list, string property) => list.AsArray().Select(item => (string)item![property]!);

    protected static IEnumerable<int> Numbers(JsonNode list) => list.AsArray().Select(item => (int)item!["number"]!);

    protected static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
