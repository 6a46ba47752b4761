using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Logging.Store;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace Monarch.Hosting.Logging;

static class SerilogRegistration
{
    static readonly string[] Noisy = ["Microsoft", "System.Net.Http", "MassTransit"];

    public static void AddLogs(this WebApplicationBuilder builder, HostRole role)
    {
        builder.Services.AddOptions<LogOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<LogOptions>, LogOptionsValidator>();

        var options = LogOptions.Read(builder.Configuration);
        var redaction = Redaction.Of(builder.Configuration);
        var redacting = new RedactingFormatter(Formatter(options.Format, Console.IsOutputRedirected), redaction);
        builder.AddLogStore(role);
        builder.Services.AddSerilog(
            (services, logger) =>
                logger
                    .CutBelow(options.Level)
                    .Enrich.WithProperty("Service", role.Name)
                    .Enrich.With(new WorkEnricher())
                    .Filter.ByExcluding(IsStartupFault)
                    // Sinks that features register receive the same events as the console.
                    .ReadFrom.Services(services)
                    .WriteToStore(services, redaction)
                    .WriteTo.Console(redacting),
            preserveStaticLogger: true
        );
    }

    internal static ITextFormatter Formatter(LogFormat? format, bool isRedirected) =>
        format is LogFormat.Json || (format is null && isRedirected) ? new RenderedCompactJsonFormatter() : new TextLineFormatter();

    // HostRunner writes startup errors to standard error, once.
    static bool IsStartupFault(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(property => property is { Name: "Name", Value: ScalarValue { Value: "HostedServiceStartupFaulted" } });

    // Serilog keeps the lowest level of each category with its logger: a disabled call costs a comparison.
    static LoggerConfiguration CutBelow(this LoggerConfiguration logger, LogLevel level)
    {
        logger.MinimumLevel.Is(LevelConvert.ToSerilogLevel(level));
        foreach (var category in Noisy)
        {
            logger.MinimumLevel.Override(category, LevelConvert.ToSerilogLevel(level > LogLevel.Warning ? level : LogLevel.Warning));
        }
        // The caller of /health/ready receives the result; a line for every probe would flood the log of an outage.
        return logger.MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LevelAlias.Off);
    }
}
