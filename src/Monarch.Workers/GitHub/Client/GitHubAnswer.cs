using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Reads an answer whose body is in memory already.</summary>
static class GitHubAnswer
{
    /// <param name="answer">The answer.</param>
    /// <param name="type">What it is to hold.</param>
    /// <param name="lenient">Reads what is not quite of that type; null: it is refused.</param>
    public static T Read<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, LenientReader<T>? lenient = null)
        where T : class => Parse(answer, type, lenient) ?? throw new GitHubException(
            new Failure
            {
                Kind = FailureKind.Transient,
                Message = $"GitHub's answer ({(int)answer.StatusCode}) could not be read: it is not the JSON that was asked for, "
                    + "and a proxy may have answered instead.",
                Status = (int)answer.StatusCode,
                RequestId = Refusal.RequestId(answer),
            },
            mayHaveHappened: IsWrite(answer));

    public static GitHubException Refused(HttpResponseMessage answer, DateTimeOffset now)
    {
        var error = Parse(answer, GitHubJson.Default.GitHubError);
        var throttle = RateLimit.Read(answer, error, now);
        var failure = Refusal.Sort(answer, error, throttle, now);

        // A 5xx may come from a proxy that gave up waiting, a 408 too; every other refusal was made before anything was done.
        return new GitHubException(failure, mayHaveHappened: IsWrite(answer) && (int)answer.StatusCode is 408 or >= 500)
        {
            Throttle = throttle,
            MovedTo = Refusal.IsMove(answer, error) ? new(answer.RequestMessage!.RequestUri!, answer.Headers.Location!) : null,
        };
    }

    // The content gives its bytes only as a copy; a pooled one saves an array of a megabyte for each page.
    static T? Parse<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, LenientReader<T>? lenient = null)
        where T : class
    {
        var body = answer.Content.ReadAsStream();
        var buffer = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            var json = buffer.AsSpan(0, (int)body.Length);
            body.Position = 0;
            body.ReadExactly(json);
            var whole = Parse(json, type);
            return whole is not null && lenient?.IsWhole(whole) != false
                ? whole
                : ParseRepaired(LoneSurrogates.Replace(json), type, lenient);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static T? Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static T? ParseRepaired<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, LenientReader<T>? lenient)
        where T : class
    {
        var answer = Parse(json, type);
        if (lenient is null || (answer is not null && lenient.IsWhole(answer)))
        {
            return answer;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            return lenient.Read(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool IsWrite(HttpResponseMessage answer) => answer.RequestMessage?.Method != HttpMethod.Get;
}
