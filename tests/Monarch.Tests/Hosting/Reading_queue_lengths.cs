using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Bus.Queues;
using OpenTelemetry;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Reading_queue_lengths
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_not_trace_requests_to_the_management_API()
    {
        using var api = new Api();
        using var http = new HttpClient(api);

        (await Queues(http, 15672).ReadAsync(Token)).ShouldNotBeNull().ShouldBeEmpty();

        api.WasQuiet.ShouldBe([true]);
        Sdk.SuppressInstrumentation.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_not_call_the_management_API_when_its_port_is_0()
    {
        using var api = new Api();
        using var http = new HttpClient(api);

        (await Queues(http, 0).ReadAsync(Token)).ShouldBeNull();

        api.WasQuiet.ShouldBeEmpty();
    }

    static ManagementQueues Queues(HttpClient http, int port)
    {
        var options = new RabbitMqOptions { Url = "amqp://user:password@localhost", ManagementPort = port };
        return new(http, Options.Create(options), new FakeTimeProvider());
    }

    sealed class Api : HttpMessageHandler
    {
        public List<bool> WasQuiet { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            WasQuiet.Add(Sdk.SuppressInstrumentation);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("[]", null, "application/json") });
        }
    }
}
