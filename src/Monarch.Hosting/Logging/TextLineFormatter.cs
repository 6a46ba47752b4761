using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Monarch.Hosting.Logging;

/// <summary>Text for people: one line per event, and indented lines for its exception, so that no foreign text begins a line.</summary>
sealed class TextLineFormatter : ITextFormatter
{
    static readonly MessageTemplateTextFormatter Head = new("{Timestamp:HH:mm:ss.fff} {Level:u3} {Service} {SourceContext}: {Message:lj}");

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        Head.Format(logEvent, line);
        output.WriteLine(VisibleText.Line(line.ToString()));
        foreach (var part in logEvent.Exception?.ToString().Split('\n') ?? [])
        {
            output.WriteLine($"    {VisibleText.Line(part.TrimEnd('\r'))}");
        }
    }
}
