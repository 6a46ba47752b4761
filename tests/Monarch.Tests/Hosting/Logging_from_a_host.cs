using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Logging;
using Monarch.Hosting.Logging.Store;
using Monarch.Hosting.Startup;
using Monarch.Redis.Sagas;
using Serilog.Core;
using Serilog.Events;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Logging_from_a_host
{
    [Theory]
    [InlineData("Information", "Monarch.Workers", LogLevel.Information, true)]
    [InlineData("Information", "Monarch.Workers", LogLevel.Debug, false)]
    [InlineData("Information", "Microsoft.AspNetCore.Hosting", LogLevel.Information, false)]
    [InlineData("Information", "Microsoft.AspNetCore.Hosting", LogLevel.Warning, true)]
    [InlineData("Information", "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.Critical, false)]
    [InlineData("Trace", "Monarch.Workers", LogLevel.Trace, true)]
    [InlineData("Trace", "MassTransit.ReceiveTransport", LogLevel.Information, false)]
    [InlineData("Error", "MassTransit.ReceiveTransport", LogLevel.Warning, false)]
    [InlineData("None", "Monarch.Workers", LogLevel.Critical, false)]
    public async Task Should_disable_events_below_the_level_of_their_category(string level, string category, LogLevel of, bool expected)
    {
        await using var host = TestHost.Builder(HostRole.Serve, ("MONARCH_LOG_LEVEL", level)).BuildHost();

        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(of).ShouldBe(expected);
    }

    [Fact]
    public async Task Should_write_to_registered_sinks_what_the_console_gets()
    {
        var sink = new RecordingSink();
        var builder = TestHost.Builder(HostRole.Serve);
        builder.Services.AddSingleton<ILogEventSink>(sink);
        await using var host = builder.BuildHost();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Monarch.Workers");

        LoggerMessage.Define(LogLevel.Debug, default, "below the level")(logger, null);
        // HostRunner writes this one to standard error.
        LoggerMessage.Define(LogLevel.Error, new(11, "HostedServiceStartupFaulted"), "the port is taken")(logger, null);
        LoggerMessage.Define<int>(LogLevel.Warning, default, "Issue {Number} is gone")(logger, 7, null);

        var logged = sink.Events.ShouldHaveSingleItem();
        logged.MessageTemplate.Text.ShouldBe("Issue {Number} is gone");
        logged.Properties["Service"].ToString().ShouldBe("\"serve\"");
        logged.Properties["SourceContext"].ToString().ShouldBe("\"Monarch.Workers\"");
    }

    [Fact]
    public async Task Should_name_migration_and_repository_of_the_current_message()
    {
        var sink = new RecordingSink();
        var builder = TestHost.Builder(HostRole.Serve);
        builder.Services.AddSingleton<ILogEventSink>(sink);
        await using var host = builder.BuildHost();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Monarch.Workers");
        const string Migration = "0199a5a0-0000-7000-8000-000000000000";
        var tags = new Dictionary<string, string> { [TraceTags.Migration] = Migration, [TraceTags.Repository] = "teams/one" };

        using (MessageTrace.Begin(null, tags))
        {
            LoggerMessage.Define(LogLevel.Warning, default, "nothing is named")(logger, null);
            LoggerMessage.Define<Guid, string>(LogLevel.Warning, default, "Batch {BatchId} of {Target}")(
                logger,
                Guid.Empty,
                "teams/two",
                null
            );
        }

        LoggerMessage.Define(LogLevel.Warning, default, "no message is handled")(logger, null);

        var lines = sink.Events.Select(new LogRenderer(new Redaction([])).Render).ToList();
        lines
            .Select(line => $"{line.Migration} {string.Join(' ', line.Repositories)}")
            .ShouldBe([$"{Migration} teams/one", $"{Guid.Empty} teams/two", " "]);
    }

    sealed class RecordingSink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
