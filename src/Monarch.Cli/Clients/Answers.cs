using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Hosting;

namespace Monarch.Cli.Clients;

/// <summary>Converts failed responses to exceptions with exit codes.</summary>
static class Answers
{
    public static async Task<CommandFailedException> FailureAsync(
        this HttpResponseMessage answer,
        string host,
        CancellationToken cancellationToken
    ) => new(ExitCodeOf(answer.StatusCode), await ProblemAsync(answer, host, cancellationToken));

    static int ExitCodeOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.Config,
            < HttpStatusCode.InternalServerError => ExitCodes.Usage,
            HttpStatusCode.ServiceUnavailable => ExitCodes.Unavailable,
            _ => ExitCodes.Software,
        };

    static async Task<string> ProblemAsync(HttpResponseMessage answer, string host, CancellationToken cancellationToken)
    {
        try
        {
            var problem = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.ProblemDetails, cancellationToken))!;
            return Sentences.Of(problem.Title, problem.Detail);
        }
        catch (JsonException)
        {
            return $"{answer.RequestMessage!.RequestUri} returned {(int)answer.StatusCode}. Check that {host} runs at this address.";
        }
    }
}
