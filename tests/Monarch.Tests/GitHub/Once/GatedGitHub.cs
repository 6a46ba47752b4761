using Monarch.Redis.Outages;

namespace Monarch.Tests.GitHub.Once;

/// <summary>The way to GitHub and back. A post is under way from the moment that it is sent: the code looks at the clock just before.</summary>
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
