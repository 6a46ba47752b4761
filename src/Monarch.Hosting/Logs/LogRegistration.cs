using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Monarch.Hosting.Logs;

static class LogRegistration
{
    const string TextTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Service} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    static readonly string[] Noisy = ["Microsoft", "System.Net.Http", "MassTransit"];

    public static void AddLogs(this WebApplicationBuilder builder, HostRole role)
    {
        builder.Services.AddOptions<LogOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<LogOptions>, LogOptionsValidator>();

        var options = LogOptions.Read(builder.Configuration);
        // Levels are cut here, before Serilog, so that a log call below the level costs one comparison.
        builder.Logging.SetMinimumLevel(options.Level);
        foreach (var category in Noisy)
            builder.Logging.AddFilter(category, options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
        // Whoever asks for the health gets it as the answer; a line at every probe would bury the log of an outage.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        var formatter = Formatter(options.Format, Console.IsOutputRedirected);
        var redacting = new RedactingFormatter(formatter, Secrets.In(builder.Configuration));
        // Sinks that features register (a log stream, say) get what the console gets.
        builder.Services.AddSingleton<ILoggerProvider>(services =>
            new SerilogLoggerProvider(CreateLogger(role, redacting, services.GetServices<ILogEventSink>()), dispose: true));
    }

    internal static ITextFormatter Formatter(LogFormat? format, bool isRedirected) =>
        format is LogFormat.Json || (format is null && isRedirected) ? new JsonLineFormatter() : new MessageTemplateTextFormatter(TextTemplate);

    static Logger CreateLogger(HostRole role, ITextFormatter formatter, IEnumerable<ILogEventSink> sinks)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.WithProperty("Service", role.Name)
            .Filter.ByExcluding(IsToldAlready)
            .WriteTo.Console(formatter);
        foreach (var sink in sinks)
            configuration.WriteTo.Sink(sink);
        return configuration.CreateLogger();
    }

    // What keeps a host from starting is said once, on standard error, by HostRunner.
    static bool IsToldAlready(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(property => property.Value is ScalarValue { Value: "HostedServiceStartupFaulted" });
}
