using System.Net;
using System.Text;
using System.Text.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Requesting_a_dry_run : IAsyncLifetime
{
    const string Uri = "/api/migrations?dryRun=true";

    BridgeHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await BridgeHost.ServeAsync(("MONARCH_ALLOWED_OWNERS", BadMessages.AllowedOwners));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_answer_202_with_an_address_that_is_valid_immediately()
    {
        using var answer = await PostAsync(BadMessages.Good);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var body = await ReadAsync(answer);
        var id = body.GetProperty("id").GetGuid();
        body.GetProperty("status").GetString().ShouldBe($"/api/dry-runs/{id}");
        answer.Headers.Location.ShouldBe(new Uri(_host.Web.BaseAddress!, $"/api/dry-runs/{id}"));
        var view = await GetAsync($"/api/dry-runs/{id}");
        view.GetProperty("source").GetString().ShouldBe("school/template");
        view.GetProperty("repositories")[0].GetProperty("requested").GetString().ShouldBe("teams/one");

        // Nothing is a migration, and what it waits for is shown.
        await Until.TrueAsync(
            async () => (await GetAsync($"/api/dry-runs/{id}")).TryGetProperty("waitingUntil", out _),
            "the dry run waits for GitHub, which cannot be reached"
        );
        (await GetAsync("/api/migrations")).GetProperty("migrations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Should_answer_400_to_an_invalid_request()
    {
        using var answer = await PostAsync("""{"source_repo": "school/template"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(answer)).GetProperty("faults")[0].GetString()!.ShouldContain("all_target_repositories is missing");
    }

    [Fact]
    public async Task Should_answer_400_to_a_value_that_is_not_a_boolean()
    {
        using var answer = await PostAsync(BadMessages.Good, "/api/migrations?dryRun=yes");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync("/api/migrations")).GetProperty("migrations").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("dry_run")]
    [InlineData("dryRun")]
    public async Task Should_not_start_a_migration_for_a_message_that_asks_for_a_dry_run(string field)
    {
        using var answer = await PostAsync(
            BadMessages.Good.Replace("{", $$"""{"{{field}}": true, """, StringComparison.Ordinal),
            "/api/migrations"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(answer)).GetProperty("faults")[0].GetString()!.ShouldContain("POST /api/migrations?dryRun=true");
    }

    [Fact]
    public async Task Should_answer_404_to_an_unknown_id()
    {
        using var answer = await _host.Web.GetAsync($"/api/dry-runs/{Guid.NewGuid()}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(answer)).GetProperty("title").GetString().ShouldBe("There is no such dry run.");
    }

    async Task<HttpResponseMessage> PostAsync(string body, string uri = Uri)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _host.Web.PostAsync(uri, content, Token);
    }

    async Task<JsonElement> GetAsync(string uri) => JsonDocument.Parse(await _host.Web.GetByteArrayAsync(uri, Token)).RootElement;

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token)).RootElement;
}
