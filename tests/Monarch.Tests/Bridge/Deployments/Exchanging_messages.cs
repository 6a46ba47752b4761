using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>The API of the former Usher, which teams' scripts use, request by request.</summary>
public sealed class Exchanging_messages : IAsyncLifetime
{
    UsherHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await UsherHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_answer_as_the_existing_service_does()
    {
        // Nothing is queued.
        (await StatusAsync("GET", "/messages/")).ShouldBe(404);
        (await StatusAsync("DELETE", "/messages/?project_name=ABC")).ShouldBe(404);

        // Messages in.
        var (status, body) = await PostAsync("ABC-123", "test");
        status.ShouldBe(201);
        body.GetRawText().ShouldBe("""{"issue_id":"ABC-123","status":"test"}""");
        (await PostAsync("ABC-124", "beta")).Status.ShouldBe(201);
        (await PostAsync("XYZ-1", "test")).Status.ShouldBe(201);
        (await PostAsync("ABC-123", "beta")).Status.ShouldBe(201);

        // Messages out, in the order of queueing.
        (await ListAsync("")).ShouldBe(["ABC-123 test", "ABC-124 beta", "XYZ-1 test", "ABC-123 beta"]);
        (await ListAsync("?project_name=ABC")).ShouldBe(["ABC-123 test", "ABC-124 beta", "ABC-123 beta"]);
        (await ListAsync("?project_name=abc&status=beta")).ShouldBe(["ABC-124 beta", "ABC-123 beta"]);
        (await ListAsync("?status=test")).ShouldBe(["ABC-123 test", "XYZ-1 test"]);
        (await StatusAsync("GET", "/messages/?status=stage")).ShouldBe(404);
        (await StatusAsync("GET", "/messages/?project_name=ABD")).ShouldBe(404);
        (await StatusAsync("GET", "/messages/?project_name=nothing/such")).ShouldBe(404);
        (await StatusAsync("GET", "/messages/?status=prod")).ShouldBe(422);

        // Messages removed.
        (await StatusAsync("DELETE", "/messages/?status=prod")).ShouldBe(422);
        (await StatusAsync("DELETE", "/messages/?project=ABC")).ShouldBe(422, "a misspelled filter does not remove everything");
        (await StatusAsync("DELETE", "/messages/?project_name=ABD")).ShouldBe(404);
        var (removed, count) = await _host.SendAsync("DELETE", "/messages/?project_name=ABC&status=beta");
        removed.ShouldBe(200);
        count.GetRawText().ShouldBe("""{"count":2}""");
        (await ListAsync("")).ShouldBe(["ABC-123 test", "XYZ-1 test"]);
        (await _host.SendAsync("DELETE", "/messages/")).Body.GetProperty("count").GetInt32().ShouldBe(2);
        (await StatusAsync("GET", "/messages/")).ShouldBe(404);

        (await _host.SendAsync("GET", "/health")).Body.GetProperty("status").GetString().ShouldBe("ok");
        _host.Moves.ShouldBe(new Dictionary<string, long> { ["api queued"] = 4 });
    }

    [Theory]
    [InlineData("/messages")]
    [InlineData("/messages/")]
    public async Task Should_accept_both_spellings_of_the_path(string path)
    {
        (await _host.SendAsync("POST", path, """{"issue_id": "ABC-1", "status": "test"}""")).Status.ShouldBe(201);
        (await StatusAsync("GET", path)).ShouldBe(200);
        (await StatusAsync("DELETE", path)).ShouldBe(200);
        (await StatusAsync("PUT", path)).ShouldBe(405);
    }

    [Fact]
    public async Task Should_accept_lower_case_and_unknown_fields()
    {
        using var content = new StringContent("""{"status": "beta", "who": [1], "issue_id": "abc-123"}""", Encoding.UTF8, "text/plain");
        using var answer = await _host.Http.PostAsync("/messages/", content, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ListAsync("")).ShouldBe(["ABC-123 beta"]);
    }

    [Fact]
    public async Task Should_fold_the_same_message()
    {
        for (var i = 0; i < 4; i++)
        {
            (await PostAsync("ABC-1", "beta")).Status.ShouldBe(201);
        }

        (await ListAsync("")).ShouldBe(["ABC-1 beta"]);
        (await _host.SendAsync("DELETE", "/messages/")).Body.GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"issue_id": "ABC-1", "status": "test", "\ud800 and something that is longer": 1}""")]
    [InlineData(
        """{"status\ud800 and more": 1, "issue_id\ud800 and more": "ABC-2", "issue_id": "ABC-3", "status": "test", "issue_id": "ABC-1"}"""
    )]
    public async Task Should_accept_a_field_whose_name_holds_an_unpaired_surrogate(string message)
    {
        (await _host.SendAsync("POST", "/messages/", message)).Status.ShouldBe(201);

        (await ListAsync("")).ShouldBe(["ABC-1 test"]);
    }

    public static TheoryData<string, string[]> Bad =>
        new()
        {
            { """{"issue_id": "ABC-", "status": "test"}""", ["issue_id 'ABC-' is not PROJECT-NUMBER"] },
            { """{"issue_id": "-1", "status": "test"}""", ["issue_id '-1' is not PROJECT-NUMBER"] },
            { """{"issue_id": "ABC-0", "status": "test"}""", ["issue_id 'ABC-0' is not PROJECT-NUMBER"] },
            { """{"issue_id": "ABC-1234567890", "status": "test"}""", ["issue_id 'ABC-1234567890' is not PROJECT-NUMBER"] },
            { """{"issue_id": "ABC-1; rm -rf /", "status": "test"}""", ["issue_id 'ABC-1; rm -rf /' is not PROJECT-NUMBER"] },
            { """{"issue_id": "../ABC-1", "status": "test"}""", ["issue_id '../ABC-1' is not PROJECT-NUMBER"] },
            { """{"issue_id": "A/B-1", "status": "test"}""", ["issue_id 'A/B-1' is not PROJECT-NUMBER"] },
            { """{"issue_id": "ABC-1\n", "status": "test"}""", ["issue_id 'ABC-1?' is not PROJECT-NUMBER"] },
            { """{"issue_id": " ABC-1", "status": "test"}""", ["issue_id ' ABC-1' is not PROJECT-NUMBER"] },
            { """{"issue_id": "ABC-１", "status": "test"}""", ["issue_id 'ABC-１' is not PROJECT-NUMBER"] },
            { """{"issue_id": "", "status": "test"}""", ["issue_id '' is not PROJECT-NUMBER"] },
            { """{"issue_id": "\ud800-1", "status": "test"}""", ["issue_id holds an unpaired surrogate"] },
            {
                """{"issue_id": "ABX-1", "status": "test"}""",
                ["issue_id 'ABX-1' is of the project ABX, which is not configured. Did you mean ABC or ABD?"]
            },
            {
                """{"issue_id": "WHATEVER-1", "status": "test"}""",
                ["issue_id 'WHATEVER-1' is of the project WHATEVER, which is not configured. USHER_PROJECTS"]
            },
            {
                """{"issue_id": "ABC-1", "status": "en prueba"}""",
                ["status 'en prueba' is not a status with a server: give one of stage, test, beta."]
            },
            { """{"issue_id": "ABC-1", "status": "Test"}""", ["status 'Test' is not a status"] },
            { """{"issue_id": "ABC-1", "status": "1"}""", ["status '1' is not a status"] },
            { """{"issue_id": "ABC-1"}""", ["status is missing"] },
            { """{"status": "test"}""", ["issue_id is missing"] },
            { """{"issue_id": null, "status": 7}""", ["issue_id is missing", "status is a JSON number, not a text"] },
            { """{"issue_id": ["ABC-1"], "status": {}}""", ["issue_id is a JSON list, not a text", "status is a JSON object, not a text"] },
            { """{"Issue_Id": "ABC-1", "status": "x"}""", ["issue_id is missing", "status 'x' is not a status"] },
            { """["ABC-1", "test"]""", ["The message is a JSON list, not an object"] },
            { """{"issue_id": "ABC-1", "status": "test" """, ["The message cannot be read as JSON"] },
            { "issue_id=ABC-1&status=test", ["The message cannot be read as JSON, it is a form"] },
            { "", ["The message is empty"] },
        };

    [Theory, MemberData(nameof(Bad))]
    public async Task Should_refuse_a_bad_message_and_serve_the_next(string message, string[] faults)
    {
        var (status, body) = await _host.SendAsync("POST", "/messages/", message);

        status.ShouldBe(422);
        body.GetProperty("faults")
            .EnumerateArray()
            .Select(fault => fault.GetString()!)
            .Zip(faults)
            .ShouldAllBe(pair => pair.First.StartsWith(pair.Second));
        body.GetProperty("faults").GetArrayLength().ShouldBe(faults.Length);
        _host.Moves.ShouldBe(new Dictionary<string, long> { ["api refused"] = 1 });
        _host.Log.Lines.ShouldAllBe(line => !line.Contains("rm -rf"));
        await ShouldServeTheNextAsync();
    }

    [Theory]
    [InlineData(5 * 1024 * 1024)]
    [InlineData((1024 * 1024) + 1)]
    public async Task Should_refuse_a_long_message_and_serve_the_next(int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/messages/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"issue_id": "ABC-1", "status": "test"}""".PadRight(length))),
        };
        request.Headers.ExpectContinue = true;

        using (var answer = await _host.Http.SendAsync(request, Token))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }

        await ShouldServeTheNextAsync();
    }

    [Theory]
    [InlineData("project_name=")]
    [InlineData("status=")]
    [InlineData("project_name=ABC&status=")]
    public async Task Should_refuse_an_empty_filter(string query)
    {
        await PostAsync("ABC-1", "test");

        (await StatusAsync("DELETE", $"/messages/?{query}")).ShouldBe(422);
        (await StatusAsync("GET", $"/messages/?{query}")).ShouldBe(422);
        (await ListAsync("")).ShouldBe(["ABC-1 test"]);
    }

    [Fact]
    public async Task Should_show_a_message_as_soon_as_it_is_accepted()
    {
        _host.Saga.Saves = false;
        (await PostAsync("ABC-1", "test")).Status.ShouldBe(201);
        (await ListAsync("")).ShouldBe(["ABC-1 test"]);

        _host.Saga.Saves = true;
        for (var number = 2; number <= 30; number++)
        {
            await PostAsync($"ABC-{number}", "test");
            (await ListAsync("?project_name=ABC")).Count.ShouldBe(number);
        }
    }

    [Fact]
    public async Task Should_remove_no_more_than_was_listed()
    {
        await PostAsync("ABC-1", "test");
        await PostAsync("XYZ-2", "test");
        await _host.SendAsync("DELETE", "/messages/?status=test");

        _host
            .Saga.Commands.Select(command => (command.Kind, command.Project, command.Issues!.Single(), command.Actor))
            .ShouldBe(
                [(SteeringKind.Drop, "ABC", 1, "DELETE /messages/"), (SteeringKind.Drop, "XYZ", 2, "DELETE /messages/")],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Should_answer_503_when_messages_are_not_saved_in_time()
    {
        await using var host = await WithClockAsync();
        host.Saga.Saves = false;
        (await host.SendAsync("POST", "/messages/", """{"issue_id": "ABC-1", "status": "test"}""")).Status.ShouldBe(201);

        var (status, body) = await Clock(host).AdvanceUntilAsync(host.SendAsync("DELETE", "/messages/"), TimeSpan.FromMilliseconds(100));

        (status, body.GetProperty("title").GetString()).ShouldBe((503, "Some messages have not reached their servers yet."));
        host.Saga.Commands.ShouldBeEmpty();
        (await host.SendAsync("GET", "/messages/")).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Should_answer_503_when_no_saga_answers_in_time()
    {
        await using var host = await WithClockAsync();
        (await host.SendAsync("POST", "/messages/", """{"issue_id": "ABC-1", "status": "test"}""")).Status.ShouldBe(201);
        await host.SavedAsync();
        host.Saga.Obeys = false;

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/messages/");
        using var answer = await Clock(host).AdvanceUntilAsync(host.Http.SendAsync(request, Token), TimeSpan.FromMilliseconds(100));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("may still be carried out");
    }

    [Fact]
    public async Task Should_be_behind_the_guard()
    {
        await using var host = await UsherHost.StartAsync(("MONARCH_API_KEY", "open-sesame"));

        foreach (
            var (method, path) in new[]
            {
                ("GET", "/messages/"),
                ("POST", "/messages/"),
                ("DELETE", "/messages/"),
                ("GET", "/servers"),
                ("POST", "/servers/test.abc.wwts.com/hold"),
                ("GET", "/deployments"),
            }
        )
        {
            (await host.SendAsync(method, path, method == "POST" ? """{"issue_id": "ABC-1", "status": "test"}""" : null)).Status.ShouldBe(
                401,
                path
            );
        }

        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", "open-sesame");
        (await host.SendAsync("POST", "/messages/", """{"issue_id": "ABC-1", "status": "test"}""")).Status.ShouldBe(201);
    }

    internal static Task<UsherHost> WithClockAsync() =>
        UsherHost.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(FakeTime.New())));

    internal static FakeTimeProvider Clock(UsherHost host) => (FakeTimeProvider)host.Services.GetRequiredService<TimeProvider>();

    async Task ShouldServeTheNextAsync()
    {
        (await PostAsync("ABC-9", "stage")).Status.ShouldBe(201);
        await _host.SavedAsync();
        _host.Saga.Received.ShouldHaveSingleItem().Moves.ShouldHaveSingleItem().Number.ShouldBe(9);
    }

    Task<(int Status, JsonElement Body)> PostAsync(string issue, string status) =>
        _host.SendAsync("POST", "/messages/", $$"""{"issue_id": "{{issue}}", "status": "{{status}}"}""");

    async Task<int> StatusAsync(string method, string path) => (await _host.SendAsync(method, path)).Status;

    async Task<List<string>> ListAsync(string query) =>
        [
            .. (await _host.SendAsync("GET", $"/messages/{query}"))
                .Body.EnumerateArray()
                .Select(message => $"{message.GetProperty("issue_id")} {message.GetProperty("status")}"),
        ];
}
