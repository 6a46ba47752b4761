using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Conditional requests.</summary>
/// <remarks>
/// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
/// </remarks>
static class ETags
{
    /// <summary>Adds the ETag, or returns 304 when the caller has the current version.</summary>
    public static Answer Apply(HttpRequest request, Answer answer)
    {
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body))}\"";
        if (!Matches(request.Headers.IfNoneMatch.ToString(), tag))
        {
            return answer.With("ETag", tag);
        }

        var unchanged = new Answer(304, [], "").With("ETag", tag);
        foreach (var (name, value) in answer.Headers)
        {
            unchanged.With(name, value);
        }

        return unchanged;
    }

    // Weak comparison: with or without W/.
    static bool Matches(string ifNoneMatch, string tag) =>
        ifNoneMatch.Length > 0 && (ifNoneMatch == "*" || ifNoneMatch.Contains(tag[2..], StringComparison.Ordinal));
}
