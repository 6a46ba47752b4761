using Monarch.Redis.Outages;

namespace Monarch.Tests.GitHub.Once;

/// <summary>
/// A gate after each request to GitHub. A post is in flight once it is sent, since the code checks the clock just before.
/// </summary>
sealed class GatedGitHub(Worker worker, ModelGitHub gitHub) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            return await gitHub.Send(request);
        }

        try
        {
            await worker.GateAsync();
            var answer = gitHub.Read(request);
            await worker.GateAsync();
            return answer;
        }
        catch (RedisUnavailableException e)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "cut", e);
        }
    }
}
