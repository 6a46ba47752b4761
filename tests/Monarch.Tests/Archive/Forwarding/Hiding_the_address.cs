using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Telemetry;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Forwarding;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Forwarding;

public sealed class Hiding_the_address
{
    [Fact]
    public async Task Should_mark_each_post_so_that_spans_do_not_show_its_path()
    {
        using var receiver = new Receiver();
        using var http = new HttpClient(receiver);
        var options = Options.Create(new ArchiveOptions { ForwardUrl = "https://receiver.example/services/secret-path" });
        var published = new PublishedEvent
        {
            Exchange = "expenses_exchange",
            RoutingKey = "expense.created",
            Body = "{}"u8.ToArray(),
        };

        await new EventPoster(http, options, new FakeTimeProvider()).PostAsync(published, TestContext.Current.CancellationToken);

        receiver.HidesPath.ShouldBeTrue();
    }

    sealed class Receiver : HttpMessageHandler
    {
        public bool HidesPath { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HidesPath = request.Options.TryGetValue(SecretPath.Key, out var isHidden) && isHidden;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted));
        }
    }
}
