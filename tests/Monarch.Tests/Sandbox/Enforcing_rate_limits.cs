using System.Net;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Enforcing_rate_limits : SandboxTest
{
    [Fact]
    public async Task Should_refuse_until_the_primary_limit_is_reset()
    {
        Server.Limits = new SandboxLimits { PrimaryPerHour = 2 };
        var reset = Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        Header(await Get($"repos/{Repo}"), "X-RateLimit-Remaining").ShouldBe("1");
        Time.Advance(100);
        await CreateTitled("Last");
        var refused = await Get($"repos/{Repo}");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldStartWith("API rate limit exceeded for user ID 9000001.");
        Header(refused, "X-RateLimit-Remaining").ShouldBe("0");
        Header(refused, "X-RateLimit-Used").ShouldBe("2");
        Header(refused, "X-RateLimit-Reset").ShouldBe(reset);
        Header(refused, "Retry-After").ShouldBeNull();
        (await Get("rate_limit")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Time.Advance(3_500);
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_report_the_rate_limit_without_counting_the_request()
    {
        Server.Limits = new SandboxLimits { PrimaryPerHour = 10 };
        await Get($"repos/{Repo}");
        await Get("rate_limit");

        var limits = await Body(await Get("rate_limit"));

        ((int)limits["resources"]!["core"]!["remaining"]!).ShouldBe(9);
        ((int)limits["rate"]!["used"]!).ShouldBe(1);
        Http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2026-03-10");
        (await Body(await Get("rate_limit"))).AsObject().ContainsKey("rate").ShouldBeFalse();
    }

    [Fact]
    public async Task Should_not_charge_for_a_304()
    {
        Server.Limits = new SandboxLimits { PrimaryPerHour = 10 };
        var tag = (await Get($"repos/{Repo}")).Headers.ETag!;
        Http.DefaultRequestHeaders.IfNoneMatch.Add(tag);

        var unchanged = await Get($"repos/{Repo}");

        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        Header(unchanged, "X-RateLimit-Remaining").ShouldBe("9");
    }

    [Fact]
    public async Task Should_count_creations_in_an_exact_sliding_minute()
    {
        Server.Limits = new SandboxLimits { CreationsPerMinute = 2 };
        (await CreateTitled("At 0")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Time.Advance(40);
        (await CreateTitled("At 40")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Time.Advance(10);

        var refused = await CreateTitled("At 50");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldStartWith(
            "You have exceeded a secondary rate limit and have been temporarily blocked from content creation."
        );
        ((string)(await Body(refused))["documentation_url"]!).ShouldEndWith("#about-secondary-rate-limits");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        Header(refused, "X-RateLimit-Remaining").ShouldBe("4999");
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Time.Advance(10);
        (await CreateTitled("At 60")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CreateTitled("At 60 too")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Server.Requests().Violations["CreationsPerMinute"].ShouldBe(2);
        Server.Requests().RequestsWhileLimited.ShouldBe(0);
    }

    [Fact]
    public async Task Should_use_the_configured_length_of_an_hour()
    {
        Server.Limits = new SandboxLimits
        {
            CreationsPerHour = 1,
            HourSeconds = 6,
            RefusalStatus = 429,
            SendRetryAfter = false,
        };
        await CreateTitled("One");

        var refused = await CreateTitled("Two");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldBeNull();
        Time.Advance(6);
        (await CreateTitled("Three")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_count_a_write_as_five_points()
    {
        Server.Limits = new SandboxLimits { PointsPerMinute = 11 };
        await CreateTitled("5");
        await CreateTitled("10");
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await Get($"repos/{Repo}");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldStartWith("You have exceeded a secondary rate limit. Please wait a few minutes");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Should_refuse_requests_above_the_concurrency_limit()
    {
        Server.Limits = new SandboxLimits { Concurrency = 3 };
        Server.Faults.LatencyMilliseconds = 500;

        var creations = Enumerable.Range(1, 5).Select(i => CreateTitled($"Issue {i}")).ToList();
        await Until.TrueAsync(() => creations.Count(creation => creation.IsCompleted) == 2, "two are refused while three are in flight");
        var responses = await Time.AdvanceUntilAsync(Task.WhenAll(creations), TimeSpan.FromMilliseconds(500));

        responses.Count(r => r.StatusCode == HttpStatusCode.Created).ShouldBe(3);
        responses.Count(r => r.StatusCode == HttpStatusCode.Forbidden).ShouldBe(2);
        Server.Requests().HighestConcurrency.ShouldBeInRange(4, 5);
        Server.Repository(Repo).HighestConcurrentCreations.ShouldBeInRange(4, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_restart_counting_when_a_limit_changes(bool inPlace)
    {
        Server.Limits = new()
        {
            PrimaryPerHour = 5_000,
            CreationsPerMinute = 80,
            CreationsPerHour = 500,
            PointsPerMinute = 900,
        };
        for (var i = 0; i < 5; i++)
        {
            await CreateTitled($"Before {i}");
        }

        if (inPlace)
        {
            (Server.Limits.PrimaryPerHour, Server.Limits.CreationsPerMinute, Server.Limits.PointsPerMinute) = (3, 2, 11);
        }
        else
        {
            Server.Limits = new()
            {
                PrimaryPerHour = 3,
                CreationsPerMinute = 2,
                CreationsPerHour = 500,
                PointsPerMinute = 11,
            };
        }

        Header(await CreateTitled("One"), "X-RateLimit-Used").ShouldBe("1");
        (await CreateTitled("Two")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CreateTitled("Three")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_report_the_limits_of_search_and_GraphQL()
    {
        var resources = (await Body(await Get("rate_limit")))["resources"]!;

        ((int)resources["search"]!["limit"]!, (string)resources["search"]!["resource"]!).ShouldBe((30, "search"));
        ((int)resources["graphql"]!["limit"]!).ShouldBe(5_000);
    }

    [Fact]
    public async Task Should_ban_after_repeated_requests_while_limited()
    {
        Server.Limits = new SandboxLimits { CreationsPerMinute = 1, BanAfterRequestsWhileLimited = 2 };
        await CreateTitled("One");
        await CreateTitled("Over");
        await CreateTitled("While limited");
        await CreateTitled("While limited again");
        Time.Advance(7_200);

        var refused = await Get($"repos/{Repo}");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldBe("Sorry. Your account was suspended.");
        var requests = Server.Requests();
        requests.Violations["CreationsPerMinute"].ShouldBe(1);
        requests.RequestsWhileLimited.ShouldBe(3);
        requests.Banned.ShouldBe(["monarch-bot"]);
    }

    [Fact]
    public async Task Should_count_anonymous_requests_by_address()
    {
        Server.Limits = new SandboxLimits { PrimaryPerHour = 1, AnonymousPerHour = 2 };
        await Get($"repos/{Repo}");
        Http.DefaultRequestHeaders.Authorization = null;

        Header(await Get($"repos/{Repo}"), "X-RateLimit-Limit").ShouldBe("2");
        await Get($"repos/{Repo}");
        (await Message(await Get($"repos/{Repo}"))).ShouldContain("Authenticated requests get a higher rate limit");
    }

    [Fact]
    public async Task Should_start_a_penalty_at_the_refusal()
    {
        Server.Limits = new SandboxLimits { CreationsPerMinute = 1, PenaltySeconds = 300 };
        await CreateTitled("One");
        (await CreateTitled("Over")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(300));
        Time.Advance(120);

        (await CreateTitled("Early")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(180));
        Time.Advance(180);
        (await CreateTitled("In time")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
