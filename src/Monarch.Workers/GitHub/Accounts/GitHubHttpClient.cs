using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Workers.GitHub.Transport;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Configures the HTTP clients for GitHub.</summary>
static class GitHubHttpClient
{
    /// <summary>
    /// The largest page is 39 MB: 100 issues with bodies of 65,536 characters, each written as a six-character escape.
    /// </summary>
    const int MaxAnswerBytes = 48 * 1024 * 1024;

    /// <summary>Configures a client for GitHub; each request is sent as the account set on it.</summary>
    public static IHttpClientBuilder ToGitHub(this IHttpClientBuilder builder) =>
        builder
            .ConfigureHttpClient((provider, http) => Configure(http, provider.GetRequiredService<IOptions<GitHubOptions>>().Value))
            .AddHttpMessageHandler<CredentialHandler>()
            // Below the credentials: a request repeated with another credential is measured twice.
            .AddHttpMessageHandler<MeasuringHandler>()
            .UseSocketsHttpHandler((handler, _) => Connections.Configure(handler))
            // The handler recycles its connections.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    static void Configure(HttpClient http, GitHubOptions options)
    {
        http.BaseAddress = ServiceAddress.TryRead(options.ApiUrl, out var address)
            ? address
            : throw new ArgumentException("Not the address of an API.", nameof(options));
        http.Timeout = options.Timeout;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        http.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        http.DefaultRequestHeaders.UserAgent.Add(UserAgent.Monarch);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", options.ApiVersion);
    }
}
