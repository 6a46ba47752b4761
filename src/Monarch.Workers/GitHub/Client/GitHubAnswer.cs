using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Reads an answer's body, which is in memory already.</summary>
static class GitHubAnswer
{
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var json = await answer.Content.ReadAsByteArrayAsync(ct);
        return Parse(json, type) ?? throw new GitHubException(
            new Failure
            {
                Kind = FailureKind.Transient,
                Message = $"GitHub's answer ({(int)answer.StatusCode}) could not be read; something between may have answered in its place.",
                Status = (int)answer.StatusCode,
                RequestId = Refusal.RequestId(answer),
            },
            mayHaveHappened: IsWrite(answer));
    }

    public static async Task<GitHubException> RefusedAsync(HttpResponseMessage answer, DateTimeOffset now, CancellationToken ct)
    {
        var error = Parse(await answer.Content.ReadAsByteArrayAsync(ct), GitHubJson.Default.GitHubError);
        var throttle = RateLimit.Read(answer, error, now);
        var failure = Refusal.Sort(answer, error, throttle, now);

        // A 5xx may come from a proxy that gave up waiting, a 408 too; every other refusal was made before anything was done.
        return new GitHubException(failure, mayHaveHappened: IsWrite(answer) && failure.Kind == FailureKind.Transient) { Throttle = throttle };
    }

    static T? Parse<T>(byte[] json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return ParseMended(json, type);
        }
    }

    static T? ParseMended<T>(byte[] json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(LoneSurrogates.Replace(json), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool IsWrite(HttpResponseMessage answer) => answer.RequestMessage?.Method != HttpMethod.Get;
}
