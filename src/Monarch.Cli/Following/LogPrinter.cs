using System.Globalization;
using System.Text;
using System.Text.Json;
using Monarch.Bridge.Api;

namespace Monarch.Cli.Following;

/// <summary>Writes lines of the log for people, or as JSON. What is foreign cannot move the cursor or change colours.</summary>
sealed class LogPrinter(TextWriter output, bool asJson)
{
    public void Write(LogView line)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(line, ApiJson.Default.LogView));
            return;
        }

        var time = line.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var place = $"{Level(line.Level)} {Escaped(line.Service)} {Escaped(line.Source)}";
        output.WriteLine($"{time} {place}: {Escaped(line.Message)}{(line.CutFrom is null ? "" : " [cut]")}");
        foreach (var part in line.Exception?.Split('\n') ?? [])
        {
            output.WriteLine($"    {Escaped(part.TrimEnd('\r'))}");
        }
    }

    /// <summary>The text with each control character, and each that turns the direction of text, as <c>\u001b</c> or <c>\n</c>.</summary>
    public static string Escaped(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var sign in text ?? "")
        {
            _ = sign switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when IsControl(sign) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
                _ => escaped.Append(sign),
            };
        }

        return escaped.ToString();
    }

    static bool IsControl(char sign) => char.IsControl(sign)
        || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    static string Level(string level) => level switch
    {
        "Trace" => "TRC",
        "Debug" => "DBG",
        "Information" => "INF",
        "Warning" => "WRN",
        "Error" => "ERR",
        "Critical" => "CRT",
        _ => Escaped(level),
    };
}
