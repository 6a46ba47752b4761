using System.Globalization;
using Serilog.Events;

namespace Monarch.Hosting.Logs;

/// <summary>What the JSON template of the log calls besides Serilog's own functions.</summary>
static class LogTemplateFunctions
{
    /// <summary>The message as Serilog's compact format renders it: with quotes around strings, which <c>@m</c> leaves out.</summary>
    public static LogEventPropertyValue? Message(LogEvent logEvent) =>
        new ScalarValue(logEvent.RenderMessage(CultureInfo.InvariantCulture));

    /// <summary>The event's properties. A doubled @ keeps a property from posing as a field of the format, such as <c>@l</c>.</summary>
    public static LogEventPropertyValue? Properties(LogEvent logEvent) =>
        new StructureValue(logEvent.Properties.Select(property => new LogEventProperty(Escape(property.Key), property.Value)));

    static string Escape(string name) => name.StartsWith('@') ? $"@{name}" : name;
}
