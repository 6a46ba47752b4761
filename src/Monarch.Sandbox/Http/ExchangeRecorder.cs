using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.Http;

/// <summary>
/// Writes each request and its answer into a folder, as one JSON object per line, for validation against GitHub's OpenAPI description. Of
/// exchanges that differ only in values the first is written; two addresses differ when their punctuation does. Each process has its own
/// file. Thread-safe.
/// </summary>
sealed partial class ExchangeRecorder(string folder)
{
    // Shared by all sandboxes of a process.
    static readonly Lock Writing = new();
    static readonly ConcurrentDictionary<string, bool> Shapes = [];

    readonly string _file = Path.Combine(folder, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.jsonl");

    /// <param name="request">The request.</param>
    /// <param name="path">Its path below the base address.</param>
    /// <param name="body">Its body.</param>
    /// <param name="answer">The answer.</param>
    public void Record(HttpRequest request, string path, byte[] body, Answer answer)
    {
        var (requestBody, answerBody) = (Parse(body), Parse(answer.Body));
        // One issue of each shape represents a listing.
        if (answerBody is JsonArray all)
        {
            answerBody = new JsonArray([.. all.DistinctBy(Shape).Select(item => item?.DeepClone())]);
        }

        var line = new JsonObject
        {
            ["method"] = request.Method,
            ["path"] = path,
            ["query"] = request.QueryString.ToString(),
            ["agent"] = request.Headers.UserAgent.ToString(),
            ["version"] = request.Headers["X-GitHub-Api-Version"].ToString(),
            ["body"] = requestBody,
            ["status"] = answer.Status,
            ["type"] = answer.ContentType,
            ["answer"] = answerBody,
        };
        var target = Words().Replace(path, "a") + Digits().Replace(request.QueryString.ToString(), "0");
        var caller = $"{line["agent"]} {line["version"]}";
        if (!Shapes.TryAdd($"{folder} {request.Method} {target} {caller} {answer.Status} {Shape(requestBody)} {Shape(answerBody)}", true))
        {
            return;
        }

        lock (Writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(_file, line.ToJsonString() + "\n");
        }
    }

    // Invalid JSON, or JSON with an unpaired surrogate, is written as text; an empty body as null.
    static JsonNode? Parse(byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            var node = JsonNode.Parse(body);
            _ = Shape(node);
            return node;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    static string Shape(JsonNode? node) =>
        node switch
        {
            JsonObject properties => $"{{{string.Join(',', properties.Select(property => $"{property.Key}:{Shape(property.Value)}"))}}}",
            JsonArray items => $"[{string.Join(',', items.Select(Shape).Distinct().Order(StringComparer.Ordinal))}]",
            JsonValue value when value.GetValueKind() == JsonValueKind.String && (string)value! is var text => text.Contains(
                "://",
                StringComparison.Ordinal
            )
                ? Words().Replace(text, "a")
                : "text",
            JsonValue value => value.GetValueKind().ToString(),
            _ => "null",
        };

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex Words();

    [GeneratedRegex("[0-9]+|(?<=(after|before)=)[^&]+")]
    private static partial Regex Digits();
}
