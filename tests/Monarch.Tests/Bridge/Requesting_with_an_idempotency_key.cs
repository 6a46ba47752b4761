using System.Net;
using System.Text;
using System.Text.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Requesting_with_an_idempotency_key : IAsyncLifetime
{
    const string Other = """{"source_repo": "school/other", "all_target_repositories": ["teams/nine", "teams/ten"]}""";

    BridgeHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await BridgeHost.AloneAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_return_the_same_migration_for_the_same_request()
    {
        var first = await AskAsync(BadMessages.Good, "term-2026");
        var again = await AskAsync(
            BadMessages.Good.Replace("teams/one", "https://github.com/Teams/One.git", StringComparison.Ordinal),
            "term-2026"
        );

        again.Status.ShouldBe(HttpStatusCode.Accepted);
        again.Id.ShouldBe(first.Id);
        await Until.TrueAsync(() => _host.Saga.Received.Count > 0, "the saga has received the request");
        (await AskAsync(Other, null)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Until.TrueAsync(() => _host.Saga.Batches.Count > 1, "the next request reaches the saga");
        _host.Saga.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_refuse_another_request_with_the_same_key_and_keep_the_first()
    {
        var first = await AskAsync(BadMessages.Good, "term-2026");
        var before = await _host.Web.GetStringAsync($"/api/migrations/{first.Id}", Token);

        (await AskAsync(Other, "term-2026")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await _host.Web.GetStringAsync($"/api/migrations/{first.Id}", Token)).ShouldBe(before);
    }

    [Fact]
    public async Task Should_keep_the_time_of_the_first_call()
    {
        var first = await AskAsync(BadMessages.Good, "term-2026");
        var before = await _host.Web.GetStringAsync($"/api/migrations/{first.Id}", Token);

        await AskAsync(BadMessages.Good, "term-2026");

        (await _host.Web.GetStringAsync($"/api/migrations/{first.Id}", Token)).ShouldBe(before);
    }

    [Fact]
    public async Task Should_create_one_migration_for_concurrent_calls()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(BadMessages.Good, "at-once")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        answers.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_create_a_migration_for_each_call_without_a_key_or_with_another()
    {
        var answers = new[]
        {
            await AskAsync(BadMessages.Good, null),
            await AskAsync(BadMessages.Good, null),
            await AskAsync(BadMessages.Good, "a"),
            await AskAsync(BadMessages.Good, "A"),
        };

        answers.Select(answer => answer.Id).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(201, HttpStatusCode.BadRequest)]
    [InlineData(200, HttpStatusCode.Accepted)]
    public async Task Should_accept_keys_of_a_bounded_length(int length, HttpStatusCode status) =>
        (await AskAsync(BadMessages.Good, new string('k', length))).Status.ShouldBe(status);

    [Fact]
    public async Task Should_not_store_the_key_of_a_refused_request()
    {
        (await AskAsync("{}", "typo")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync(BadMessages.Good, "typo")).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    async Task<(HttpStatusCode Status, Guid? Id)> AskAsync(string json, string? key)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/migrations") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await _host.Web.SendAsync(request, Token);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token));
        return (answer.StatusCode, body.RootElement.TryGetProperty("id", out var id) ? id.GetGuid() : null);
    }
}
