using System.Net;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Lets no request through while its credential is parked, and parks it at a 401.</summary>
sealed class ParkingHandler(CredentialParking parking, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isProbe = await parking.EnterAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            using (answer)
            {
                var refused = await GitHubAnswer.RefusedAsync(answer, time.GetUtcNow(), cancellationToken);
                throw await parking.ParkAsync(refused.Failure, cancellationToken);
            }
        }

        // A 5xx may come from something before GitHub, which has not looked at the credential.
        if (isProbe && answer.StatusCode < HttpStatusCode.InternalServerError)
        {
            await parking.ReleaseAsync(cancellationToken);
        }

        return answer;
    }
}
