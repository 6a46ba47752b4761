using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Sending_over_the_bus
{
    [Fact]
    public async Task Should_carry_readable_json_to_a_kebab_case_endpoint()
    {
        var received = new TaskCompletionSource<string>();
        var builder = TestHost.Builder(HostRole.Serve);
        builder.Services.AddSingleton(received);
        await using var host = await TestHost.StartAsync(builder, bus => bus.AddConsumer<SpellOutConsumer>());

        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(EndpointNames.Address("spell-out"));
        await endpoint.Send(new SpellOut(FailureKind.Throttled, null), TestContext.Current.CancellationToken);

        var json = await received.Task.WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
        json.ShouldNotContain("\n");
        JsonDocument.Parse(json).RootElement.GetProperty("message").GetRawText().ShouldBe("""{"kind":"Throttled"}""");
    }

    [Theory]
    [InlineData("amqp://host", null, "host 5672 / guest guest False")]
    [InlineData("amqp://host/", null, "host 5672 / guest guest False")]
    [InlineData("amqp://host/%2f", null, "host 5672 / guest guest False")]
    [InlineData("amqp://u:p%40s%2Fs@host:5673/school", null, "host 5673 school u p@s/s False")]
    [InlineData("amqp://u%2F:%25p%40s%3A@host/a%2Fb", null, "host 5672 a/b u/ %p@s: False")]
    [InlineData("amqp://u:p:s@[::1]:5673", null, "::1 5673 / u p:s False")]
    [InlineData("amqps://u:p@host/school", null, "host 5671 school u p True")]
    [InlineData("amqp://host/school", "other", "host 5672 other guest guest False")]
    public void Should_read_the_address_of_the_broker(string url, string? virtualHost, string expected)
    {
        RabbitMqAddress.TryParse(new RabbitMqOptions { Url = url, VirtualHost = virtualHost }, out var broker).ShouldBeTrue();

        $"{broker!.Host} {broker.Port} {broker.VirtualHost} {broker.User} {broker.Password} {broker.Tls}".ShouldBe(expected);
        broker.ToString().ShouldNotContain("p@s");
    }

    public sealed record SpellOut(FailureKind Kind, string? Nothing);

    sealed class SpellOutConsumer(TaskCompletionSource<string> received) : IConsumer<SpellOut>
    {
        public Task Consume(ConsumeContext<SpellOut> context)
        {
            received.TrySetResult(Encoding.UTF8.GetString(context.ReceiveContext.Body.GetBytes()));
            return Task.CompletedTask;
        }
    }
}
