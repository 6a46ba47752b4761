using System.Net;
using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

public sealed class Steering_servers : IAsyncLifetime
{
    const string Server = "/servers/test.abc.wwts.com";

    UsherHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await UsherHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_show_a_server_with_its_issues()
    {
        await MoveAsync("ABC-7");

        var (status, view) = await _host.SendAsync("GET", Server);

        status.ShouldBe(200);
        (
            view.GetProperty("server").GetString(),
            view.GetProperty("project").GetString(),
            view.GetProperty("status").GetString(),
            view.GetProperty("state").GetString()
        ).ShouldBe(("test.abc.wwts.com", "ABC", "Test", "Settling"));
        view.GetProperty("issues")[0].GetProperty("number").GetInt32().ShouldBe(7);
        view.GetProperty("savedIntakeIds").GetArrayLength().ShouldBe(0);
        var (_, all) = await _host.SendAsync("GET", "/servers");
        all.GetProperty("servers").EnumerateArray().ShouldHaveSingleItem().GetRawText().ShouldBe(view.GetRawText());
    }

    [Fact]
    public async Task Should_show_an_idle_server_but_no_unknown_one()
    {
        (await _host.SendAsync("GET", "/servers/TEST.abc.wwts.com")).Body.GetProperty("state").GetString().ShouldBe("Idle");
        (await _host.SendAsync("GET", "/servers")).Body.GetProperty("servers").GetArrayLength().ShouldBe(0);
        (await _host.SendAsync("GET", "/servers/prod.abc.wwts.com")).Status.ShouldBe(404);
        (await _host.SendAsync("POST", "/servers/prod.abc.wwts.com/hold")).Status.ShouldBe(404);
        (await _host.SendAsync("POST", $"{Server}/explode")).Status.ShouldBe(404);
        (await _host.SendAsync("GET", $"{Server}/hold")).Status.ShouldBe(405);
    }

    [Fact]
    public async Task Should_hold_and_resume_a_server()
    {
        var (status, held) = await _host.SendAsync("POST", $"{Server}/hold", """{"reason": "a demo", "actor": "Ada", "minutes": 90}""");

        status.ShouldBe(200);
        held.GetProperty("state").GetString().ShouldBe("Paused");
        var hold = _host.Saga.Commands.ShouldHaveSingleItem();
        (hold.Kind, hold.Reason, hold.Actor, hold.Until, hold.HoldFor).ShouldBe(
            (SteeringKind.Hold, "a demo", "Ada", hold.RequestedAt.AddMinutes(90), TimeSpan.FromMinutes(90))
        );
        (hold.ServerId, hold.Project, hold.Status).ShouldBe((ServerId.Of("ABC", IssueStatus.Test), "ABC", IssueStatus.Test));

        var (_, resumed) = await _host.SendAsync("POST", $"{Server}/resume");
        resumed.TryGetProperty("pause", out _).ShouldBeFalse();
        _host.Saga.Commands[1].Actor.ShouldBe("API");
    }

    [Theory]
    [InlineData("2126-03-10T18:00:00Z", "2126-03-10T18:00:00Z")]
    [InlineData("2126-03-10T18:00:00+02:00", "2126-03-10T16:00:00Z")]
    [InlineData("2126-03-10T18:00:00", "2126-03-10T18:00:00Z")]
    public async Task Should_hold_until_a_time(string until, string expected)
    {
        (await _host.SendAsync("POST", $"{Server}/hold", $$"""{"until": "{{until}}"}""")).Status.ShouldBe(200);

        _host.Saga.Commands[0].Until.ShouldBe(DateTimeOffset.Parse(expected, null));
    }

    [Fact]
    public async Task Should_answer_409_with_the_refusal_of_the_saga()
    {
        var (status, body) = await _host.SendAsync("POST", $"{Server}/resume");

        (status, body.GetProperty("detail").GetString()).ShouldBe((409, "It is not paused."));
        (await _host.SendAsync("POST", $"{Server}/cancel")).Status.ShouldBe(409);
        (await _host.SendAsync("POST", $"{Server}/deploy")).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Should_drop_the_named_issues_or_all()
    {
        await MoveAsync("ABC-7", "ABC-8", "ABC-9");

        var (_, dropped) = await _host.SendAsync("POST", $"{Server}/drop", """{"issues": ["abc-7", "ABC-9", "ABC-7"]}""");
        dropped.GetProperty("issues").EnumerateArray().ShouldHaveSingleItem().GetProperty("number").GetInt32().ShouldBe(8);
        dropped.GetProperty("commands")[0].GetProperty("removed").GetInt32().ShouldBe(2);

        (await _host.SendAsync("POST", $"{Server}/drop")).Body.GetProperty("issues").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("succeeded", DeploymentOutcome.Succeeded)]
    [InlineData("failed", DeploymentOutcome.Failed)]
    public async Task Should_list_prepared_deployments_and_accept_their_reports(string report, DeploymentOutcome outcome)
    {
        await MoveAsync("ABC-7", "ABC-8");
        (await _host.SendAsync("GET", "/deployments")).Body.GetProperty("deployments").GetArrayLength().ShouldBe(0);
        await _host.SendAsync("POST", $"{Server}/deploy");

        var deployment = (await _host.SendAsync("GET", "/deployments"))
            .Body.GetProperty("deployments")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        (
            deployment.GetProperty("server").GetString(),
            deployment.GetProperty("command").GetString(),
            deployment.GetProperty("state").GetString()
        ).ShouldBe(("test.abc.wwts.com", "deploy test.abc.wwts.com", "Prepared"));
        deployment.GetProperty("issues").EnumerateArray().Select(issue => issue.GetString()).ShouldBe(["ABC-7", "ABC-8"]);

        var path = $"/deployments/{deployment.GetProperty("id").GetGuid()}/{report}";
        var (status, view) = await _host.SendAsync("POST", path, """{"reason": "as the script says", "actor": "deploy.sh"}""");
        status.ShouldBe(200);
        view.GetProperty("ended")[0].GetProperty("outcome").GetString().ShouldBe($"{outcome}");
        (_host.Saga.Commands[^1].Reason, _host.Saga.Commands[^1].Actor).ShouldBe(("as the script says", "deploy.sh"));
        (await _host.SendAsync("GET", "/deployments")).Body.GetProperty("deployments").GetArrayLength().ShouldBe(0);

        // It has been reported already.
        (await _host.SendAsync("POST", path)).Status.ShouldBe(409);
        (await _host.SendAsync("POST", $"/deployments/{Guid.NewGuid()}/{report}")).Status.ShouldBe(404);
        (await _host.SendAsync("POST", $"/deployments/latest/{report}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("hold", "[]", "The body is a JSON list, not an object")]
    [InlineData("hold", "{", "The body cannot be read as JSON")]
    [InlineData("hold", """{"reason": 7}""", "reason is a JSON number, not a text: give the reason in one line")]
    [InlineData("hold", """{"reason": "two\nlines"}""", "reason holds a line break")]
    [InlineData(
        "hold",
        """{"actor": "two\nlines"}""",
        "actor holds a line break or another character that cannot be seen: give the name in one line."
    )]
    [InlineData("hold", """{"until": "soon"}""", "until is not a time")]
    [InlineData("hold", """{"until": 1773133200}""", "until is not a time")]
    [InlineData("hold", """{"until": "2026-03-10T09:00:00Z", "minutes": 5}""", "until and minutes are both given")]
    [InlineData("hold", """{"until": "1999-03-10T09:00:00Z"}""", "until is in the past")]
    [InlineData("hold", """{"minutes": 0}""", "minutes is not a number of minutes")]
    [InlineData("hold", """{"minutes": 1e99}""", "minutes is not a number of minutes")]
    [InlineData("hold", """{"minutes": "90"}""", "minutes is not a number of minutes")]
    [InlineData("deploy", """{"minutes": 5}""", "minutes sets the end of a hold")]
    [InlineData("deploy", """{"issues": ["ABC-1"]}""", "issues lists the issues to drop")]
    [InlineData("drop", """{"issues": []}""", "issues is not a list of ids")]
    [InlineData("drop", """{"issues": "ABC-1"}""", "issues is not a list of ids")]
    [InlineData("drop", """{"issues": ["XYZ-1"]}""", "issues holds 'XYZ-1', which is not the id of an issue of ABC")]
    [InlineData(
        "drop",
        """{"issue": ["ABC-1"]}""",
        "The body has a field 'issue', which is unknown: the fields are actor, reason, until, minutes, issues."
    )]
    [InlineData(
        "drop",
        """{"\ud800 and something that is longer": ["ABC-1"]}""",
        "The body has a field '\\ud800 and something that is longer', which is unknown"
    )]
    [InlineData("drop", """{"issues": [1]}""", "issues holds '1', which is not the id of an issue of ABC")]
    public async Task Should_refuse_a_bad_command_and_serve_the_next(string command, string body, string fault)
    {
        var (status, problem) = await _host.SendAsync("POST", $"{Server}/{command}", body);

        status.ShouldBe(400);
        problem.GetProperty("faults").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldStartWith(fault);
        _host.Saga.Commands.ShouldBeEmpty();
        (await _host.SendAsync("POST", $"{Server}/hold", "{}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Should_refuse_a_long_body()
    {
        (await _host.SendAsync("POST", $"{Server}/hold", "{}".PadRight(20_000))).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Should_answer_503_when_no_saga_answers_in_time()
    {
        await using var host = await Exchanging_messages.WithClockAsync();
        host.Saga.Obeys = false;

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Server}/hold");
        using var answer = await Exchanging_messages
            .Clock(host)
            .AdvanceUntilAsync(host.Http.SendAsync(request, Token), TimeSpan.FromMilliseconds(100));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("may still be carried out");
    }

    async Task MoveAsync(params string[] issues)
    {
        foreach (var issue in issues)
        {
            (await _host.SendAsync("POST", "/messages/", $$"""{"issue_id": "{{issue}}", "status": "test"}""")).Status.ShouldBe(201);
        }

        await _host.SavedAsync();
    }
}
