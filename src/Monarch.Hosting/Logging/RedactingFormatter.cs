using Serilog.Events;
using Serilog.Formatting;

namespace Monarch.Hosting.Logging;

/// <summary>
/// A safeguard for every log call: redacts configured secrets in messages and exceptions, and escapes characters that would control a
/// terminal. In JSON the escapes represent the same characters.
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
