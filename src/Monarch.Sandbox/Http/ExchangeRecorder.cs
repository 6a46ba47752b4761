using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.Http;

/// <summary>
/// Writes each request and its answer into a folder, as one JSON object a line, for a check against GitHub's own description. Of those that
/// differ in values alone the first is written; two addresses differ when their punctuation does. Each process has a file of its own.
/// Thread-safe.
/// </summary>
sealed partial class ExchangeRecorder(string folder)
{
    // All sandboxes of a process share them.
    static readonly Lock Writing = new();
    static readonly ConcurrentDictionary<string, bool> Shapes = [];

    readonly string _file = Path.Combine(folder, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.jsonl");

    /// <param name="request">What was asked.</param>
    /// <param name="path">Its path below the base address.</param>
    /// <param name="body">Its body.</param>
    /// <param name="answer">What it is answered.</param>
    public void Record(HttpRequest request, string path, byte[] body, Answer answer)
    {
        var (asked, given) = (Parse(body), Parse(answer.Body));
        // A listing repeats itself: one issue of each kind is enough.
        if (given is JsonArray all)
            given = new JsonArray([.. all.DistinctBy(Shape).Select(item => item?.DeepClone())]);
        var line = new JsonObject
        {
            ["method"] = request.Method,
            ["path"] = path,
            ["query"] = request.QueryString.ToString(),
            ["agent"] = request.Headers.UserAgent.ToString(),
            ["version"] = request.Headers["X-GitHub-Api-Version"].ToString(),
            ["body"] = asked,
            ["status"] = answer.Status,
            ["type"] = answer.ContentType,
            ["answer"] = given,
        };
        var target = Words().Replace(path, "a") + Digits().Replace(request.QueryString.ToString(), "0");
        var caller = $"{line["agent"]} {line["version"]}";
        if (!Shapes.TryAdd($"{folder} {request.Method} {target} {caller} {answer.Status} {Shape(asked)} {Shape(given)}", true))
            return;
        lock (Writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(_file, line.ToJsonString() + "\n");
        }
    }

    // What is no JSON, or holds half a character, is kept as text; nothing as null.
    static JsonNode? Parse(byte[] body)
    {
        if (body.Length == 0)
            return null;
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

    static string Shape(JsonNode? node) => node switch
    {
        JsonObject properties => $"{{{string.Join(',', properties.Select(property => $"{property.Key}:{Shape(property.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Shape).Distinct().Order(StringComparer.Ordinal))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String && (string)value! is var text =>
            text.Contains("://", StringComparison.Ordinal) ? Words().Replace(text, "a") : "text",
        JsonValue value => value.GetValueKind().ToString(),
        _ => "null",
    };

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex Words();

    [GeneratedRegex("[0-9]+|(?<=(after|before)=)[^&]+")]
    private static partial Regex Digits();
}
