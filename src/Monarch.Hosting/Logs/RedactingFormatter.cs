using System.Text;
using Serilog.Events;
using Serilog.Formatting;

namespace Monarch.Hosting.Logs;

/// <summary>The net below every log call: a configured secret that got into a message or an exception after all does not get out.</summary>
sealed class RedactingFormatter(ITextFormatter inner, IReadOnlyList<string> secrets) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var rendered = new StringBuilder(512);
        using (var writer = new StringWriter(rendered))
            inner.Format(logEvent, writer);
        foreach (var secret in secrets)
            rendered.Replace(secret, "***");
        output.Write(rendered);
    }
}
