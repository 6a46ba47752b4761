using System.Net;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>
/// Sends each request as its account, with the next credential in rotation. A parked credential is skipped. After a 401 the next one is
/// tried, since a 401 has no effect; the second 401 parks the credential.
/// </summary>
sealed class CredentialHandler(CredentialParking parking, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(GitHubAccount.Option, out var account))
        {
            throw new InvalidOperationException("A request to GitHub requires an account.");
        }

        GitHubException? refusal = null;
        foreach (var credential in account.Rotate())
        {
            var entry = await parking.EnterAsync(credential, cancellationToken);
            if (entry.Refusal is not null)
            {
                refusal ??= entry.Refusal;
                continue;
            }

            var answer = await SendAsync(request, credential, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                using (answer)
                {
                    await answer.Content.LoadIntoBufferAsync(cancellationToken);
                    var refused = GitHubAnswer.Refused(answer, time.GetUtcNow());
                    // A proxy's page does not concern the credential.
                    refusal =
                        refused.Failure.Kind == FailureKind.Unauthorised
                            ? await parking.RefusedAsync(credential, refused.Failure, entry.IsProbe, cancellationToken)
                            : refused;
                    continue;
                }
            }

            // A 5xx may come from a proxy, which has not checked the credential.
            if (answer.StatusCode < HttpStatusCode.InternalServerError)
            {
                parking.Accepted(credential);
                if (entry.IsProbe)
                {
                    await parking.ReleaseAsync(credential, cancellationToken);
                }
            }

            return answer;
        }

        throw refusal!;
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Credential credential, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = await credential.GetHeaderAsync(cancellationToken);
        SendDeadline.ThrowIfLate(request, time);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !await credential.TryRenewAsync(answer, cancellationToken))
        {
            return answer;
        }

        answer.Dispose();
        request.Headers.Authorization = await credential.GetHeaderAsync(cancellationToken);
        SendDeadline.ThrowIfLate(request, time);
        return await base.SendAsync(request, cancellationToken);
    }
}
