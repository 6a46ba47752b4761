using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Testing;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Tests.GitHub;

/// <summary>A stub of GitHub, and the real client as registered by the host.</summary>
sealed class GitHubStub : IAsyncDisposable
{
    public const string Token = "ghp_SecretOfTheTests";

    public const long RepositoryId = 42;

    public static readonly GitHubAccount Account = new("user:1", "ada", new TokenCredential(Token, "Monarch's token", "Set GH_PAT."));

    readonly ServiceProvider _services;

    GitHubStub(StubServer server, ServiceProvider services)
    {
        Server = server;
        _services = services;
    }

    public StubServer Server { get; }

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public GitHubClient Client => Of(_services);

    public static async Task<GitHubStub> StartAsync(Func<HttpContext, Task> answer, string path = "", string timeout = "20")
    {
        var server = await StubServer.StartAsync(answer);
        return new GitHubStub(server, Services(new Uri(server.Url, path).ToString(), timeout));
    }

    public static ServiceProvider Services(string url, string timeout = "20", Action<IServiceCollection>? configure = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["GITHUB_API_URL"] = url,
            ["GH_PAT"] = Token,
            ["GITHUB_TIMEOUT"] = timeout,
        };
        foreach (var (key, value) in WithoutLimits.Settings)
        {
            settings[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(FixedTime.Now));
        services.AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>The client as the account of the token, which is not requested from GitHub.</summary>
    public static GitHubClient Of(IServiceProvider services) => services.GetRequiredService<GitHubClients>().As(Account);

    public static string IssueJson(int number, string body = "\"Text\"", string more = "") =>
        $$"""
            {"id":{{1000
                + number}},"number":{{number}},"title":"A ticket","body":{{body}},"state":"open","created_at":"2026-08-01T08:00:00Z",
             "html_url":"https://github.com/nss/cider-falls/issues/{{number}}","user":{"login":"ada"}{{more}}}
            """;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
