using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Calling_a_host
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_serve_the_api_on_the_web_port_only()
    {
        await using var host = await TestHost.StartAsync();

        (await host.Web.GetStringAsync("/api/ping", Token)).ShouldBe("pong");
        (await host.Metrics.GetAsync("/api/ping", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_serve_the_metrics_on_their_port_only()
    {
        await using var host = await TestHost.StartAsync();

        (await host.Metrics.GetAsync("/metrics", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Web.GetAsync("/metrics", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_ignore_a_host_header_that_names_the_other_port()
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ping") { Headers = { Host = host.Web.BaseAddress!.Authority } };

        (await host.Metrics.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_have_no_web_port_without_a_bridge()
    {
        var builder = TestHost.Builder(HostRole.Workers, ("RABBITMQ_URL", "amqp://127.0.0.1:1"), ("VALKEY_HOST", "127.0.0.1"));
        await using var host = builder.BuildHost();
        await host.StartAsync(Token);

        var addresses = host.Services.GetRequiredService<HostAddresses>();

        addresses.Web.ShouldBeNull();
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(addresses.Metrics, "/health/live"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:8081", HttpStatusCode.OK)]
    [InlineData("[::1]:8081", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.1.5", HttpStatusCode.MisdirectedRequest)]
    public async Task Should_accept_only_local_host_names_without_a_key(string name, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ping") { Headers = { Host = name } };

        (await host.Web.SendAsync(request, Token)).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Host", "monarch.example")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Should_refuse_proxied_requests_without_a_key(string header, string value)
    {
        await using var host = await TestHost.StartAsync();
        await using var withKey = await TestHost.StartAsync(("MONARCH_API_KEY", "a-long-key"));

        using var answer = await host.Web.SendAsync(Request(key: null), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("MONARCH_API_KEY");
        (await withKey.Web.SendAsync(Request("a-long-key"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        HttpRequestMessage Request(string? key) =>
            new(HttpMethod.Get, "/api/ping") { Headers = { { header, value }, { "Authorization", key is null ? [] : [$"Bearer {key}"] } } };
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("X-Other", "1", HttpStatusCode.OK)]
    public async Task Should_refuse_requests_from_pages_of_other_sites(string header, string value, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/length") { Content = new StringContent("x") };
        request.Headers.Add(header, value);

        (await host.Web.SendAsync(request, Token)).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer a-long-ke", HttpStatusCode.Unauthorized)]
    [InlineData("Basic a-long-key", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer a-long-key", HttpStatusCode.OK)]
    [InlineData("bearer a-long-key", HttpStatusCode.OK)]
    public async Task Should_require_the_key_when_one_is_set(string? authorization, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync(("MONARCH_API_KEY", "a-long-key"), ("MONARCH_BIND", "0.0.0.0"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ping") { Headers = { Host = "monarch.school.example" } };
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        using var answer = await host.Web.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Unauthorized)
        {
            answer.Headers.WwwAuthenticate.ShouldContain(challenge => challenge.Scheme == "Bearer");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
        (await host.Web.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Metrics.GetAsync("/metrics", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_require_the_key_for_unknown_paths()
    {
        await using var host = await TestHost.StartAsync(("MONARCH_API_KEY", "a-long-key"));

        (await host.Web.GetAsync("/nothing/here", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK)]
    [InlineData(2 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Should_accept_a_body_of_one_mebibyte_and_refuse_larger_ones(int bytes, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/length") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.ExpectContinue = true;

        (await host.Web.SendAsync(request, Token)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Should_return_problem_details_without_internals_for_a_failure()
    {
        await using var host = await TestHost.StartAsync();

        using var answer = await host.Web.GetAsync("/api/broken", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("inner working");
    }

    [Fact]
    public async Task Should_report_each_check_when_not_ready()
    {
        var builder = TestHost.Builder(HostRole.Serve);
        builder.Services.AddHealthChecks().AddCheck("redis", () => HealthCheckResult.Unhealthy("no answer since 14:32"));
        await using var host = await TestHost.StartAsync(builder);

        using var ready = await host.Metrics.GetAsync("/health/ready", Token);
        var body = await ready.Content.ReadFromJsonAsync<JsonElement>(Token);

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("status").GetString().ShouldBe("Unhealthy");
        body.GetProperty("checks").GetProperty("redis").GetProperty("description").GetString().ShouldBe("no answer since 14:32");
        body.GetProperty("checks").TryGetProperty("bus", out _).ShouldBeTrue();
        (await host.Web.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
