using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Sends each request to GitHub once.</summary>
static class GitHubTransport
{
    /// <summary>Returns the buffered answer regardless of its status; throws when no complete answer was received.</summary>
    public static async Task<HttpResponseMessage> SendOnceAsync(this HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        var isWrite = request.Method != HttpMethod.Get;
        request.Version = http.DefaultRequestVersion;
        request.VersionPolicy = http.DefaultVersionPolicy;
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw new GitHubException(
                NetworkFailure.Describe("GitHub", request.RequestUri!, e),
                mayHaveHappened: isWrite && !NetworkFailure.IsBeforeSending(e),
                e
            );
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new GitHubException(NetworkFailure.TimedOut("GitHub", http.Timeout), mayHaveHappened: isWrite, e);
        }
    }
}
