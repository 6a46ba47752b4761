using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Monarch.Sandbox.Slack;

/// <summary>The arguments of a method, from a JSON or form body.</summary>
sealed class SlackArguments
{
    readonly Dictionary<string, string> _values = [];

    public string this[string name] => _values.GetValueOrDefault(name, "");

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Reads the body, or returns Slack's error code.</summary>
    public static (SlackArguments Arguments, string? Error) Read(HttpRequest request, byte[] body)
    {
        var arguments = new SlackArguments();
        var type = request.ContentType ?? "";
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (arguments, arguments.ReadJson(body));
        }

        if (body.Length > 0 && !type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (arguments, "invalid_post_type");
        }

        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
        {
            arguments._values[name] = values.ToString();
        }

        return (arguments, null);
    }

    string? ReadJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "json_not_object";
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Null && property.Name != "token")
                {
                    _values[property.Name] = property.Value.ToString();
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "invalid_json";
        }
    }
}
