using System.Text.Json;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Reads the JSON object of a request.</summary>
static class RequestJson
{
    /// <summary>Carries out the request with its object, or answers 400.</summary>
    public static Answer Read(GitHubCall call, Func<JsonElement, Answer> carryOut)
    {
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? carryOut(document.RootElement)
                : GitHubErrors.BodyIsNoObject(call.Documentation);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Also a number out of range and an escaped unpaired surrogate.
            return GitHubErrors.ProblemsParsingJson(call.Documentation);
        }
    }
}
