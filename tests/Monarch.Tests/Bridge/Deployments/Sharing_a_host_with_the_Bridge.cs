using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge;
using Monarch.Cli.Hosts;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

public sealed class Sharing_a_host_with_the_Bridge
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_serve_both_each_on_its_own_port()
    {
        var settings = MonarchHosts.Private();
        (settings["USHER_PORT"], settings["USHER_PROJECTS"], settings["USHER_BIND"], settings["MONARCH_ALLOWED_OWNERS"]) = (
            "0",
            "ABC",
            "",
            ""
        );
        var builder = MonarchHost.CreateBuilder(HostRole.Serve, settings);
        builder.AddBridge();
        builder.AddUsherBridge();
        builder.Services.AddSingleton<ServerStandIn>().AddSingleton<SagaStandIn>();
        builder.AddBus(bus =>
        {
            bus.AddBridgeConsumers();
            bus.AddUsherBridgeConsumers();
            bus.AddConsumer<ServerStandInConsumer>().Endpoint(endpoint => endpoint.Name = EndpointNames.ServerDeployment);
            bus.AddConsumer<SagaStandInConsumer>().Endpoint(endpoint => endpoint.Name = EndpointNames.MigrationBatch);
        });
        await using var app = builder.BuildHost(app =>
        {
            app.MapBridge();
            app.MapUsher();
        });
        await app.StartAsync(Token);
        var addresses = app.Services.GetRequiredService<HostAddresses>();
        using var web = new HttpClient { BaseAddress = addresses.Web };
        using var usher = new HttpClient { BaseAddress = addresses.Usher };

        (await PostAsync(usher, "/messages/", """{"issue_id": "ABC-1", "status": "test"}""")).ShouldBe(HttpStatusCode.Created);
        (await PostAsync(web, "/api/migrations", BadMessages.Good)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(web, "/messages/", """{"issue_id": "ABC-1", "status": "test"}""")).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(usher, "/api/migrations", BadMessages.Good)).ShouldBe(HttpStatusCode.NotFound);
        (await web.GetStringAsync("/openapi/v1.json", Token)).ShouldNotContain("/messages");
        await Until.TrueAsync(() => app.Services.GetRequiredService<ServerStandIn>().Received.Count == 1, "the move is sent");
        await Until.TrueAsync(() => app.Services.GetRequiredService<SagaStandIn>().Received.Count == 1, "the request is sent");
        await app.StopAsync(Token);
    }

    static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, content, Token);
        return answer.StatusCode;
    }
}
