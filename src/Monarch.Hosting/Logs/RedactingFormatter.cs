using Serilog.Events;
using Serilog.Formatting;

namespace Monarch.Hosting.Logs;

/// <summary>
/// The net below every log call: a configured secret that got into a message or an exception after all does not get out, and no character
/// that a terminal would obey. In JSON the escapes stand for the same characters.
/// </summary>
sealed class RedactingFormatter(ITextFormatter inner, Redaction redaction) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var rendered = new StringWriter();
        inner.Format(logEvent, rendered);
        output.Write(VisibleText.Lines(redaction.Apply(rendered.ToString())));
    }
}
