using System.Net;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Injecting_faults : SandboxTest
{
    [Fact]
    public async Task Should_create_and_answer_502()
    {
        Server.Faults.CreatedThenBadGateway = 1;

        (await CreateTitled("There")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        Server.Repository(Repo).Issues!.Select(i => i.Title).ShouldBe(["There"]);
    }

    [Fact]
    public async Task Should_create_and_cut_the_connection()
    {
        Server.Faults.CreatedThenCut = 1;

        await Should.ThrowAsync<HttpRequestException>(() => CreateTitled("There"));

        Server.Repository(Repo).Issues!.Count.ShouldBe(1);
        Server.Requests().Of("POST issues", 0).ShouldBe(1);
    }

    [Fact]
    public async Task Should_create_and_never_answer()
    {
        Server.Faults.CreatedThenHang = 1;
        using var caller = new CancellationTokenSource();
        var hanging = CreateAsync(caller.Token);
        await Until.TrueAsync(() => Server.Repository(Repo).Count == 1, "the issue is created");

        hanging.IsCompleted.ShouldBeFalse();

        await caller.CancelAsync();
        await Should.ThrowAsync<TaskCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Should_create_after_the_caller_disconnects()
    {
        Server.Faults.LatencyMilliseconds = 300;
        using var timeout = new CancellationTokenSource();
        var creating = Http.PostAsync($"repos/{Repo}/issues", Json("{\"title\":\"Late\"}"), timeout.Token);
        await Until.TrueAsync(() => Time.Timers == 1, "the sandbox waits for its latency");

        await timeout.CancelAsync();
        await Should.ThrowAsync<TaskCanceledException>(() => creating);

        Server.Requests().Creations.ShouldBe(0);
        Time.Advance(TimeSpan.FromMilliseconds(300));
        await Until.TrueAsync(() => Server.Requests().Creations == 1, "the issue is created");
    }

    [Fact]
    public async Task Should_record_the_status_of_each_request()
    {
        await CreateTitled("Well");
        Server.Faults.CreatedThenCut = 1;
        await Should.ThrowAsync<HttpRequestException>(() => CreateTitled("Ill"));

        Server
            .LatestRequests()
            .ShouldBe([
                new(Time.GetUtcNow(), Time.GetUtcNow(), "POST", $"/github/repos/{Repo}/issues", """{"title":"Well"}""", 201),
                new(Time.GetUtcNow(), Time.GetUtcNow(), "POST", $"/github/repos/{Repo}/issues", """{"title":"Ill"}""", 0),
            ]);
    }

    [Fact]
    public async Task Should_delay_by_the_latency()
    {
        Server.Faults.LatencyMilliseconds = 100;

        await Time.AdvanceUntilAsync(Get($"repos/{Repo}"), TimeSpan.FromMilliseconds(10));

        var request = Server.LatestRequests().ShouldHaveSingleItem();
        (request.EndedAt - request.BeganAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Should_fail_at_the_configured_rate_in_the_order_of_the_seed()
    {
        async Task<List<HttpStatusCode>> CreateManyAsync()
        {
            Server.Faults = new SandboxFaults
            {
                ServerErrors = 0.3,
                Throttles = 0.2,
                ThrottleRetryAfterSeconds = 7,
                Seed = 7,
            };
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 100; i++)
            {
                statuses.Add((await CreateTitled($"Issue {i}")).StatusCode);
            }

            return statuses;
        }

        var first = await CreateManyAsync();

        first
            .Count(s => s is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable)
            .ShouldBeInRange(18, 42);
        first.Count(s => s == HttpStatusCode.Forbidden).ShouldBeInRange(10, 32);
        Server.Repository(Repo).Count.ShouldBe(first.Count(s => s == HttpStatusCode.Created));
        (await CreateManyAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Should_inject_pace_refusals_and_404s()
    {
        Server.Faults = new SandboxFaults { PaceRefusals = 1 };
        var refused = await CreateTitled("Too early");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("was submitted too quickly");
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Server.Faults = new SandboxFaults { NotFounds = 1 };
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await CreateTitled("Nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("user")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Server.Repository(Repo).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Should_answer_503_during_an_outage()
    {
        Server.Faults.Outage = true;
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        Server.Faults.Outage = false;
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_apply_matching_scripts_in_order()
    {
        Server.Script(
            new ScriptedAnswer
            {
                Method = "POST",
                Path = "/issues$",
                Count = 2,
                Status = 418,
                Body = """{"message": "teapot"}""",
                Headers = { ["Retry-After"] = "9" },
            }
        );
        Server.Script(
            new ScriptedAnswer
            {
                Method = "POST",
                Path = "/issues$",
                Status = 500,
            }
        );

        (await Get($"repos/{Repo}/issues")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var teapot = await CreateTitled("No");
        ((int)teapot.StatusCode).ShouldBe(418);
        (await Message(teapot)).ShouldBe("teapot");
        teapot.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(9));
        ((int)(await CreateTitled("No")).StatusCode).ShouldBe(418);
        (await CreateTitled("No")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await CreateTitled("Yes")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Server.Repository(Repo).Issues!.Select(i => i.Title).ShouldBe(["Yes"]);
    }

    [Theory]
    [InlineData(ScriptedEnding.Answer)]
    [InlineData(ScriptedEnding.Cut)]
    [InlineData(ScriptedEnding.CutBody)]
    [InlineData(ScriptedEnding.Hang)]
    [InlineData(ScriptedEnding.Genuine)]
    public async Task Should_carry_out_the_request_and_end_as_scripted(ScriptedEnding ending)
    {
        var delay = TimeSpan.FromMilliseconds(20);
        Server.Script(
            new ScriptedAnswer
            {
                Path = "issues",
                CarryOut = true,
                Ending = ending,
                DelayMilliseconds = (int)delay.TotalMilliseconds,
            }
        );
        using var caller = new CancellationTokenSource();
        var creating = CreateAsync(caller.Token);
        await Until.TrueAsync(() => Server.Repository(Repo).Count == 1, "the request is carried out");
        if (ending == ScriptedEnding.Hang)
        {
            await caller.CancelAsync();
        }

        HttpStatusCode? status = null;
        var failure = await Record.ExceptionAsync(async () => status = (await Time.AdvanceUntilAsync(creating, delay)).StatusCode);

        status.ShouldBe(
            ending switch
            {
                ScriptedEnding.Answer => HttpStatusCode.BadGateway,
                ScriptedEnding.Genuine => HttpStatusCode.Created,
                _ => null,
            }
        );
        (failure is null).ShouldBe(status is not null);
        Server.Repository(Repo).Issues!.Select(i => i.Title).ShouldBe(["There"]);
    }

    [Fact]
    public async Task Should_stop_immediately_although_a_request_hangs()
    {
        Server.Script(new ScriptedAnswer { Ending = ScriptedEnding.Hang });
        var hanging = Get($"repos/{Repo}");
        await Until.TrueAsync(() => Server.Requests().HighestConcurrency == 1, "the request is in flight");

        // Waiting for the request would take 30 s.
        await Server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ct);

        await Should.ThrowAsync<HttpRequestException>(() => hanging);
    }

    Task<HttpResponseMessage> CreateAsync(CancellationToken cancellationToken) =>
        Http.PostAsync($"repos/{Repo}/issues", Json("""{"title": "There"}"""), cancellationToken);
}
