using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Tests.Http;
using Monarch.Workers.Slack.Client;

namespace Monarch.Tests.Slack;

/// <summary>A stub of Slack with the real client, as the real host registers it, in front of it.</summary>
sealed class SlackStub(StubServer server, ServiceProvider services) : IAsyncDisposable
{
    public const string Token = "xoxb-SecretOfTheTests";

    public StubServer Server => server;

    public SlackClient Client => services.GetRequiredService<SlackClient>();

    public static async Task<SlackStub> StartAsync(Func<HttpContext, Task> answer, string timeout = "10")
    {
        var server = await StubServer.StartAsync(answer);
        return new SlackStub(server, Services(new Uri(server.Url, "slack/api").ToString(), timeout));
    }

    public static ServiceProvider Services(string url, string timeout = "10")
    {
        var settings = new Dictionary<string, string?>
        {
            ["SLACK_API_URL"] = url,
            ["SLACK_BOT_TOKEN"] = Token,
            ["SLACK_TIMEOUT"] = timeout,
        };
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(FixedTime.Now))
            .AddSlackClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }
}
