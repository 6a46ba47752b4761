using System.Net.Http.Headers;
using Monarch.Workers.GitHub.Credentials;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Client;

/// <summary>A request that can be sent again elsewhere, after a redirect.</summary>
sealed record GitHubRequest(HttpMethod Method, Uri Address, byte[]? Json)
{
    /// <summary>The tag of what is there already; null asks for it whatever it is.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Gives the answer with its body read, whatever its status; throws when no whole answer came.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, GitHubAccount account, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(Method, Address) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy };
        message.Options.Set(GitHubAccount.Option, account);
        if (Json is not null)
            message.Content = new ByteArrayContent(Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        if (IfNoneMatch is not null)
            message.Headers.TryAddWithoutValidation("If-None-Match", IfNoneMatch);

        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw new GitHubException(
                NetworkFailure.Describe("GitHub", Address, e), mayHaveHappened: IsWrite && !NetworkFailure.IsBeforeSending(e), e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new GitHubException(NetworkFailure.TimedOut("GitHub", http.Timeout), mayHaveHappened: IsWrite, e);
        }
    }

    bool IsWrite => Method != HttpMethod.Get;
}
