using System.Net;
using System.Text;
using System.Text.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Requesting_over_HTTP : IAsyncLifetime
{
    const string Uri = "/api/migrations";

    BridgeHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await BridgeHost.ServeAsync(("MONARCH_ALLOWED_OWNERS", BadMessages.AllowedOwners));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_answer_202_with_the_id_and_the_address_of_the_migration()
    {
        using var answer = await PostAsync(BadMessages.Good);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var body = await ReadAsync(answer);
        var id = body.GetProperty("id").GetGuid();
        body.GetProperty("status").GetString().ShouldBe($"/api/migrations/{id}");
        answer.Headers.Location.ShouldBe(new Uri(_host.Web.BaseAddress!, $"/api/migrations/{id}"));

        // The address is valid immediately.
        var view = await GetAsync(answer.Headers.Location!.ToString());
        view.GetProperty("source").GetString().ShouldBe("school/template");
        view.GetProperty("notificationChannel").GetString().ShouldBe("C06GHMZB3M3");
        view.GetProperty("repositories")[0].GetProperty("requested").GetString().ShouldBe("teams/one");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/octet-stream")]
    [InlineData("application/problem+json")]
    public async Task Should_accept_JSON_with_any_content_type(string? contentType)
    {
        using var answer = await PostAsync(BadMessages.Good, contentType);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var command = (await ReadAsync(answer)).GetProperty("status").GetString() + "/pause";
        using var commanded = await PostAsync("""{"reason": "lunch"}""", contentType, command);
        commanded.StatusCode.ShouldNotBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Should_answer_a_form_with_a_request_for_JSON()
    {
        using var answer = await PostAsync(
            "source_repo=school%2Ftemplate&all_target_repositories=teams%2Fone",
            "application/x-www-form-urlencoded"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(answer))
            .GetProperty("faults")[0]
            .GetString()!
            .ShouldContain("cannot be read as JSON, it is a form: send {\"source_repo\"");
    }

    [Fact]
    public async Task Should_ignore_the_unordered_flag_of_an_earlier_version()
    {
        using var answer = await PostAsync(BadMessages.Good.Replace("{", """{"unordered": true, """, StringComparison.Ordinal));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Should_show_that_the_migration_waits_while_GitHub_is_unavailable()
    {
        using var answer = await PostAsync(BadMessages.Good);
        var location = answer.Headers.Location!.ToString();

        await Until.TrueAsync(async () => (await GetAsync(location)).TryGetProperty("waitingUntil", out _), "the batch waits");

        var view = await GetAsync(location);
        view.GetProperty("status").GetString().ShouldBe("ReadingSource");
        view.GetProperty("failure").GetProperty("kind").GetString().ShouldBe("Transient");
    }

    [Fact]
    public async Task Should_answer_400_naming_each_fault()
    {
        var bad = BadMessages.All.Single(message => message.Name == "all faults together");

        using var answer = await PostAsync(bad.Payload);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await ReadAsync(answer);
        problem.GetProperty("status").GetInt32().ShouldBe(400);
        problem.GetProperty("title").GetString().ShouldBe("The request is refused as a whole; nothing was started.");
        var faults = problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()!).ToList();
        faults.Count.ShouldBe(bad.Faults.Length);
        faults.Zip(bad.Faults).ShouldAllBe(pair => pair.First.Contains(pair.Second));
        faults.ShouldAllBe(fault => problem.GetProperty("detail").GetString()!.Contains(fault));
        (await GetAsync(Uri)).GetProperty("migrations").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData((1024 * 1024) + 1, true)]
    [InlineData((1024 * 1024) + 1, false)]
    [InlineData(3 * 1024 * 1024, true)]
    public async Task Should_answer_413_for_more_than_1_MiB(int length, bool tellsItsLength)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(BadMessages.Good.PadRight(length)));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri) { Content = content };
        request.Headers.TransferEncodingChunked = !tellsItsLength;
        request.Headers.ExpectContinue = true;

        using var answer = await _host.Web.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ReadAsync(answer)).GetProperty("faults")[0].GetString()!.ShouldStartWith("The message has more than 1048576 bytes (1 MiB)");
    }

    [Fact]
    public async Task Should_accept_exactly_1_MiB()
    {
        using var answer = await PostAsync(BadMessages.Good.PadRight(1024 * 1024));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Should_store_and_count_a_refused_request()
    {
        (await PostAsync("""{"source_repo": "a-value-of-this-test"}""")).Dispose();

        var rejected = (await GetAsync("/api/rejected")).GetProperty("rejected")[0];
        rejected.GetProperty("origin").GetString().ShouldBe("POST /api/migrations");
        rejected.GetProperty("payload").GetString()!.ShouldContain("a-value-of-this-test");
        rejected.GetProperty("faults").GetArrayLength().ShouldBe(2);
        _host.Requests.ShouldBe((0, 1));
        _host.Log.Lines.ShouldContain(line => line.Contains("2 faults in source_repo, all_target_repositories"));
        _host.Log.Lines.ShouldAllBe(line => !line.Contains("a-value-of-this-test"));
    }

    [Theory]
    [InlineData("GET", "/api/migrations/0199a5a0-0000-7000-8000-000000000000", 404)]
    [InlineData("GET", "/api/migrations/not-an-id", 404)]
    [InlineData("GET", "/api/migrations?skip=some", 400)]
    [InlineData("DELETE", "/api/migrations", 405)]
    public async Task Should_answer_invalid_calls_with_a_problem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _host.Web.SendAsync(request, Token);

        ((int)answer.StatusCode).ShouldBe(status);
        (await ReadAsync(answer)).GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Fact]
    public async Task Should_list_the_newest_first_page_by_page()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await PostAsync(BadMessages.Good);
            ids.Insert(0, (await ReadAsync(answer)).GetProperty("id").GetGuid());
        }

        (await IdsAsync(Uri)).ShouldBe(ids);
        (await IdsAsync($"{Uri}?count=2")).ShouldBe(ids.Take(2));
        (await IdsAsync($"{Uri}?skip=2&count=2")).ShouldBe(ids.Skip(2).Take(2));
        (await IdsAsync($"{Uri}?skip=4&count=2")).ShouldBe(ids.Skip(4));
        (await IdsAsync($"{Uri}?skip=5")).ShouldBeEmpty();
        (await IdsAsync($"{Uri}?skip=-1&count=0")).ShouldBe(ids.Take(1));
        (await GetAsync(Uri)).GetProperty("migrations")[0].TryGetProperty("repositories", out _).ShouldBeFalse();
    }

    async Task<List<Guid>> IdsAsync(string uri) =>
        [.. (await GetAsync(uri)).GetProperty("migrations").EnumerateArray().Select(view => view.GetProperty("id").GetGuid())];

    Task<HttpResponseMessage> PostAsync(string json) => PostAsync(Encoding.UTF8.GetBytes(json));

    async Task<HttpResponseMessage> PostAsync(string json, string? contentType, string uri = Uri)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = contentType is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        return await _host.Web.PostAsync(uri, content, Token);
    }

    async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return await _host.Web.PostAsync(Uri, content, Token);
    }

    async Task<JsonElement> GetAsync(string uri) => JsonDocument.Parse(await _host.Web.GetByteArrayAsync(uri, Token)).RootElement;

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token)).RootElement;
}
