using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

/// <summary>A process reports the broker's message in its log and in <c>/health/ready</c>.</summary>
public sealed class Being_refused_by_RabbitMQ(Servers servers)
{
    const string Request = """{"source_repo": "school/template", "all_target_repositories": ["team/one"]}""";

    static readonly HttpClient Http = new();

    [Theory]
    [InlineData("amqp://guest:guest@{0}/nowhere", "vhost nowhere not found", "Create the virtual host 'nowhere'")]
    [InlineData("amqp://plain:plain@{0}", "access to vhost '/' refused for user 'plain'", "Give the user 'plain' the permissions")]
    [InlineData("amqp://guest:wrong@{0}", "ACCESS_REFUSED", "Check user and password in RABBITMQ_URL.")]
    [InlineData("amqps://guest:guest@{0}", "corrupted frame", "uses TLS")]
    public async Task Should_report_the_message_of_the_broker_and_the_remedy(string url, string words, string remedy)
    {
        var broker = await servers.RabbitMqAsync();
        await (await servers.RabbitMqManagementAsync()).CreateUserAsync("plain", "plain");
        await using var host = await StartAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, broker.Authority));

        (await host.UntilSaidAsync(remedy)).ShouldContain(words);
        host.Log.ShouldContain(line => line.Contains(words) && line.Contains(remedy));
        host.Log.Count(line => line.Contains("RabbitMQ refuses the connection")).ShouldBe(1, "the reason does not change");
    }

    [Fact]
    public async Task Should_name_the_queue_that_may_not_be_declared()
    {
        var broker = await servers.RabbitMqAsync();
        var (management, virtualHost) = (await servers.RabbitMqManagementAsync(), broker.AbsolutePath.Trim('/'));
        await management.CreateUserAsync("reader", "reader");
        await management.PermitAsync(virtualHost, "reader", "^$");
        await using var host = await StartAsync($"amqp://reader:reader@{broker.Authority}/{virtualHost}");

        (await host.UntilSaidAsync("Give the user 'reader' the permissions")).ShouldContain("refused for user 'reader'");
        host.Log.ShouldContain(line => line.Contains("refused for user 'reader'"));
    }

    [Fact]
    public async Task Should_exit_when_it_stays_refused()
    {
        var broker = await servers.RabbitMqAsync();
        await using var host = await StartAsync($"amqp://guest:guest@{broker.Authority}/nowhere", ("RABBITMQ_GIVE_UP_AFTER", "3"));

        await Until.TrueAsync(() => host.IsStopping, "it ends");
    }

    [Fact]
    public async Task Should_show_that_the_broker_accepts_no_messages()
    {
        await using var broker = await RabbitMqServer.StartAsync("vm_memory_high_watermark.absolute = 1");
        await using var host = await StartAsync($"{broker.AmqpUri}");
        using var body = new StringContent(Request);
        await Http.PostAsync(new Uri(host.Web, "api/migrations"), body, Token);

        (await host.UntilSaidAsync("low on memory")).ShouldContain("RabbitMQ accepts no messages");
        host.Log.ShouldContain(line => line.Contains("RabbitMQ accepts no messages: low on memory"));
    }

    async Task<RefusedHost> StartAsync(string url, params (string Key, string Value)[] settings)
    {
        var all = MonarchHosts.Private();
        foreach (var (key, value) in (await servers.RedisAsync()).Settings)
        {
            all[key] = value;
        }

        (all["GITHUB_API_URL"], all["GH_PAT"], all["SLACK_BOT_TOKEN"], all["RABBITMQ_URL"]) = ("http://127.0.0.1:9/", "a-token", "", url);
        (all["MONARCH_LOG_LEVEL"], all["MONARCH_ALLOWED_OWNERS"]) = ("Information", "");
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var log = new FakeLoggerProvider();
        var builder = MonarchHosts.CreateBuilder(HostRole.Serve, all);
        builder.Services.AddSingleton<ILoggerFactory>(_ => LoggerFactory.Create(logging => logging.AddProvider(log)));
        var app = builder.BuildHost(MonarchHosts.Map);
        await app.StartAsync(Token);
        return new(app, log);
    }

    sealed class RefusedHost(WebApplication app, FakeLoggerProvider log) : IAsyncDisposable
    {
        public Uri Web => app.Services.GetRequiredService<HostAddresses>().Web!;

        public bool IsStopping => app.Lifetime.ApplicationStopping.IsCancellationRequested;

        public IReadOnlyList<string> Log =>
            [
                .. log
                    .Collector.GetSnapshot()
                    .Where(line => line.Category?.StartsWith("Monarch", StringComparison.Ordinal) is true)
                    .Select(line => line.Message),
            ];

        public async Task<string> UntilSaidAsync(string words)
        {
            var description = "";
            await Until.TrueAsync(
                async () =>
                {
                    using var answer = await Http.GetAsync(
                        new Uri(app.Services.GetRequiredService<HostAddresses>().Metrics, "health/ready"),
                        Token
                    );
                    using var health = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token));
                    description = health.RootElement.GetProperty("checks").GetProperty("bus").GetProperty("description").GetString()!;
                    return description.Contains(words, StringComparison.Ordinal);
                },
                $"readiness reports '{words}'",
                state: () =>
                    $"{description}\n{string.Join('\n', log.Collector.GetSnapshot().Select(line => $"{line.Category} {line.Level}: {line.Message} {line.Exception?.Message}"))}"
            );
            return description;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }
}
