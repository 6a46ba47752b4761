using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Calling_Usher
{
    const string Key = "a-long-key";
    const string Site = "http://evil.example";

    static readonly (string, string) Projects = ("USHER_PROJECTS", "ABC");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_serve_its_interface_on_its_port_only()
    {
        await using var host = await TestHost.StartAsync(Projects);

        (await host.Usher.GetStringAsync("/usher", Token)).ShouldBe("trusted");
        foreach (var other in new[] { host.Web, host.Metrics })
        {
            (await other.GetAsync("/usher", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.PostAsync("/usher/all", null, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await host.Usher.GetAsync("/api/ping", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Usher.GetAsync("/metrics", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Usher.DeleteAsync("/usher", Token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Should_open_its_port_only_if_projects_are_configured()
    {
        await using var serve = await TestHost.StartAsync();
        await using var workers = TestHost
            .Builder(HostRole.Workers, Projects, ("RABBITMQ_URL", "amqp://127.0.0.1:1"), ("VALKEY_HOST", "127.0.0.1"))
            .BuildHost();
        await workers.StartAsync(Token);

        serve.Services.GetRequiredService<HostAddresses>().Usher.ShouldBeNull();
        workers.Services.GetRequiredService<HostAddresses>().Usher.ShouldBeNull();
    }

    [Fact]
    public async Task Should_open_its_port_and_the_metrics_port_on_its_own_host()
    {
        await using var host = await TestHost.StartAsync(TestHost.Builder(HostRole.Usher));

        host.Services.GetRequiredService<HostAddresses>().Web.ShouldBeNull();
        (await host.Usher.GetStringAsync("/usher", Token)).ShouldBe("trusted");
        (await host.Metrics.GetAsync("/metrics", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_be_ok_while_the_host_is_ready()
    {
        var unhealthy = false;
        var builder = TestHost.Builder(HostRole.Usher, ("MONARCH_API_KEY", "a-long-key"));
        builder
            .Services.AddHealthChecks()
            .AddCheck("redis", () => unhealthy ? HealthCheckResult.Unhealthy("no answer since 14:32") : HealthCheckResult.Healthy());
        await using var host = await TestHost.StartAsync(builder);

        (await host.Usher.GetFromJsonAsync<JsonElement>("/health", Token)).GetProperty("status").GetString().ShouldBe("ok");
        unhealthy = true;
        using var answer = await host.Usher.GetAsync("/health", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        health.GetProperty("status").GetString().ShouldBe("unavailable");
        health.GetProperty("checks").GetProperty("redis").GetProperty("description").GetString().ShouldBe("no answer since 14:32");
        (await host.Usher.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Metrics.GetAsync("/health", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_require_the_key_except_from_trusted_networks()
    {
        await using var host = await TestHost.StartAsync(Projects, ("MONARCH_API_KEY", "a-long-key"));
        await using var trusting = await TestHost.StartAsync(
            Projects,
            ("MONARCH_API_KEY", "a-long-key"),
            ("USHER_TRUSTED_NETWORKS", "127.0.0.0/8")
        );

        (await host.Usher.GetAsync("/usher", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Usher.GetAsync("/nothing", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await trusting.Usher.GetAsync("/usher", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await trusting.Web.GetAsync("/api/ping", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // No header proves where a request comes from: any caller can send X-Forwarded-For.
    [Fact]
    public async Task Should_use_the_address_of_the_socket_and_no_header()
    {
        await using var host = await TestHost.StartAsync(
            Projects,
            ("MONARCH_API_KEY", "a-long-key"),
            ("USHER_TRUSTED_NETWORKS", "10.0.0.0/8")
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/usher");
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");
        request.Headers.Add("Forwarded", "for=10.1.2.3");
        request.Headers.Add("X-Real-IP", "10.1.2.3");

        (await host.Usher.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    // Without a key and trusted networks: this machine only, and no page on it.
    [InlineData(null, null, "127.0.0.1", "localhost", null, null, "trusted", 200)]
    [InlineData(null, null, "::1", "localhost", null, null, "trusted", 200)]
    [InlineData(null, null, "::ffff:127.0.0.1", "localhost", null, null, "trusted", 200)]
    [InlineData(null, null, "127.0.0.1", "usher.example", null, null, "trusted", 421)]
    [InlineData(null, null, "127.0.0.1", "localhost", Site, null, "trusted", 403)]
    [InlineData(null, null, "10.1.2.3", "localhost", null, null, "trusted", 403)]
    // Trusted networks instead of a key.
    [InlineData(null, "10.0.0.0/8", "10.1.2.3", "usher.example", null, null, "trusted", 200)]
    [InlineData(null, "10.0.0.0/8", "::ffff:10.1.2.3", "usher.example", null, null, "trusted", 200)]
    [InlineData(null, "10.0.0.0/8", "10.1.2.3", "usher.example", Site, null, "trusted", 403)]
    [InlineData(null, "10.0.0.0/8", "11.1.2.3", "usher.example", null, null, "trusted", 403)]
    [InlineData(null, "10.0.0.0/8", "11.1.2.3", "localhost", null, null, "trusted", 403)]
    [InlineData(null, "10.0.0.0/8", "fd00::1", "usher.example", null, null, "trusted", 403)]
    [InlineData(null, "10.0.0.0/8,fd00::/8", "fd00::1", "usher.example", null, null, "trusted", 200)]
    [InlineData(null, "10.0.0.0/8", "127.0.0.1", "localhost", null, null, "trusted", 200)]
    [InlineData(null, "::/0", "::ffff:10.1.2.3", "usher.example", null, null, "trusted", 403)]
    [InlineData(null, "10.0.0.0/8", null, "localhost", null, null, "trusted", 403)]
    // A key, on this machine too.
    [InlineData(Key, null, "127.0.0.1", "localhost", null, null, "trusted", 401)]
    [InlineData(Key, null, "11.1.2.3", "usher.example", null, null, "trusted", 401)]
    [InlineData(Key, null, "11.1.2.3", "usher.example", null, "Bearer wrong", "trusted", 401)]
    [InlineData(Key, null, "11.1.2.3", "usher.example", null, "Bearer a-long-key", "trusted", 200)]
    [InlineData(Key, "10.0.0.0/8", "10.1.2.3", "usher.example", null, null, "trusted", 200)]
    [InlineData(Key, "10.0.0.0/8", "11.1.2.3", "usher.example", null, null, "trusted", 401)]
    [InlineData(Key, "10.0.0.0/8", "11.1.2.3", "usher.example", null, "Bearer a-long-key", "trusted", 200)]
    // A page in a trusted network is not a trusted program, even if its host name resolves to this machine.
    [InlineData(null, "10.0.0.0/8", "10.1.2.3", "usher.example", "http://usher.example", null, "trusted", 403)]
    [InlineData(null, "127.0.0.0/8", "127.0.0.1", "usher.example", "http://usher.example", null, "trusted", 421)]
    [InlineData(Key, "10.0.0.0/8", "10.1.2.3", "usher.example", Site, null, "trusted", 401)]
    [InlineData(Key, "10.0.0.0/8", "10.1.2.3", "usher.example", Site, "Bearer a-long-key", "trusted", 200)]
    // Endpoints that trust no network: a proxy on a trusted machine forwards requests of others.
    [InlineData(null, "127.0.0.0/8", "127.0.0.1", "usher.example", null, null, "known", 421)]
    [InlineData(null, "127.0.0.0/8", "127.0.0.1", "localhost", null, null, "known", 200)]
    [InlineData(null, "10.0.0.0/8", "10.1.2.3", "localhost", null, null, "known", 403)]
    [InlineData(Key, "10.0.0.0/8", "10.1.2.3", "usher.example", null, null, "known", 401)]
    [InlineData(Key, "10.0.0.0/8", "11.1.2.3", "usher.example", null, "Bearer a-long-key", "known", 200)]
    // Endpoints that authenticate their callers themselves.
    [InlineData(null, null, "11.1.2.3", "usher.example", Site, null, "all", 200)]
    [InlineData(Key, null, "11.1.2.3", "usher.example", null, "Basic whatever", "all", 200)]
    public async Task Should_admit_permitted_callers_only(
        string? key,
        string? networks,
        string? caller,
        string host,
        string? origin,
        string? authorization,
        string callers,
        int expected
    )
    {
        var guard = new CallerGuard(
            _ => Task.CompletedTask,
            new AccessKeys(Options.Create(new HttpOptions { ApiKey = key })),
            Options.Create(new UsherHttpOptions { TrustedNetworks = networks })
        );
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Features.Set(new ListenerFeature(Listeners.Usher));
        context.Connection.RemoteIpAddress = caller is null ? null : IPAddress.Parse(caller);
        (context.Request.Method, context.Request.Scheme, context.Request.Host) = ("POST", "http", new HostString(host));
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization;
        }

        var metadata = new List<object> { new ShownOnMetadata(Listeners.Usher) };
        if (callers != "trusted")
        {
            metadata.Add(new CallersMetadata(callers == "all" ? Callers.All : Callers.WithKeyOrLocal));
        }

        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), "test"));

        await guard.InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(expected);
    }
}
