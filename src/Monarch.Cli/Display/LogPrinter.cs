using System.Globalization;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Hosting;

namespace Monarch.Cli.Display;

/// <summary>Writes lines of the log for people, or as JSON. Foreign text cannot move the cursor or change colours.</summary>
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
        var place = $"{Level(line.Level)} {VisibleText.Line(line.Service)} {VisibleText.Line(line.Source)}";
        output.WriteLine($"{time} {place}: {VisibleText.Line(line.Message)}{(line.CutFrom is null ? "" : " [cut]")}");
        foreach (var part in line.Exception?.Split('\n') ?? [])
        {
            output.WriteLine($"    {VisibleText.Line(part.TrimEnd('\r'))}");
        }
    }

    static string Level(string level) =>
        level switch
        {
            "Trace" => "TRC",
            "Debug" => "DBG",
            "Information" => "INF",
            "Warning" => "WRN",
            "Error" => "ERR",
            "Critical" => "CRT",
            _ => VisibleText.Line(level),
        };
}
