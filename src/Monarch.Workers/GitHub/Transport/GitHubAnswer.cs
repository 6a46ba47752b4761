using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Reads an answer whose body is already buffered.</summary>
static class GitHubAnswer
{
    /// <param name="answer">The answer.</param>
    /// <param name="type">The type of its content.</param>
    /// <param name="lenient">Reads content that does not match the type; null to reject it.</param>
    public static T Read<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, LenientReader<T>? lenient = null)
        where T : class =>
        Parse(answer, type, lenient)
        ?? throw new GitHubException(
            new Failure
            {
                Kind = FailureKind.Transient,
                Message =
                    $"GitHub's answer ({(int)answer.StatusCode}) could not be read: it is not the expected JSON. "
                    + "A proxy may have answered instead.",
                Status = (int)answer.StatusCode,
                RequestId = Refusal.RequestId(answer),
            },
            mayHaveHappened: IsWrite(answer)
        );

    public static GitHubException Refused(HttpResponseMessage answer, DateTimeOffset now)
    {
        var error = Parse(answer, GitHubErrorJson.Default.GitHubError);
        var throttle = RateLimit.Read(answer, error, now);
        var failure = Refusal.Classify(answer, error, throttle, now);

        // A proxy may return a 5xx or 408 although GitHub carried out the request; any other refusal has no effect.
        return new GitHubException(failure, mayHaveHappened: IsWrite(answer) && (int)answer.StatusCode is 408 or >= 500)
        {
            Throttle = throttle,
            MovedTo = Refusal.IsMove(answer, error) ? new(answer.RequestMessage!.RequestUri!, answer.Headers.Location!) : null,
        };
    }

    // The content returns its bytes only as a copy; the pool saves an array of a megabyte for each page.
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
            var result = Parse(json, type);
            return result is not null && lenient?.IsComplete(result) != false
                ? result
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
        if (lenient is null || (answer is not null && lenient.IsComplete(answer)))
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

/// <summary>Reads an answer that deviates from GitHub's documentation.</summary>
/// <param name="IsComplete">Whether a documented answer contains every required value.</param>
/// <param name="Read">Reads an incomplete or undocumented answer; null when it is of another kind.</param>
sealed record LenientReader<T>(Func<T, bool> IsComplete, Func<JsonElement, T?> Read)
    where T : class;
