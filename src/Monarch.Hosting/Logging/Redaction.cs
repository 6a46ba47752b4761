using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Serilog.Formatting.Json;

namespace Monarch.Hosting.Logging;

/// <summary>Replaces every configured secret in a text, also in its quoted and JSON-escaped forms.</summary>
sealed class Redaction(IEnumerable<string> secrets)
{
    const string Mask = "***";

    // The longest first: one may contain another.
    readonly string[] _forms = [.. secrets.SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    public static Redaction Of(IConfiguration configuration) => new(Secrets.In(configuration));

    public string Apply(string text)
    {
        foreach (var form in _forms)
        {
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        }

        return text;
    }

    // A message quotes its values, a JSON formatter escapes them, and a logged body was already escaped by its sender.
    static IEnumerable<string> Forms(string secret)
    {
        var quoted = secret.Replace("\"", "\\\"", StringComparison.Ordinal);
        string[] plain = [secret, quoted, SystemText(secret), VisibleText.Line(secret)];
        return [.. plain, .. plain.Select(Serilog), .. plain.Select(Serilog).Select(Serilog)];
    }

    static string Serilog(string text)
    {
        using var writer = new StringWriter();
        JsonValueFormatter.WriteQuotedJsonString(text, writer);
        return writer.ToString()[1..^1];
    }

    static string SystemText(string text) => JsonEncodedText.Encode(text).ToString();
}
