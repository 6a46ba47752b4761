using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Logging.Store;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Losing_log_lines
{
    readonly FakeTimeProvider _time = new();
    readonly FakeLogger _logger = new();

    [Fact]
    public void Should_be_reported_once_when_it_begins_and_once_when_it_has_ended()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var loss = new LogLoss(new(services.GetRequiredService<IMeterFactory>()), () => _logger, _time);

        for (var i = 0; i < 100; i++)
        {
            loss.Add(3, LogLossReason.Memory);
            _time.Advance(LogLoss.Quiet / 2);
            loss.CheckForEnd();
        }

        var begin = _logger.Collector.GetSnapshot().ShouldHaveSingleItem();
        begin.Level.ShouldBe(LogLevel.Warning);
        begin.Message.ShouldContain("Redis uses more than 75 % of its memory limit. Raise its maxmemory, lower MONARCH_LOG_MAX_MB");

        _time.Advance(LogLoss.Quiet);
        loss.CheckForEnd();
        loss.CheckForEnd();

        var end = _logger.Collector.GetSnapshot().Skip(1).ShouldHaveSingleItem();
        end.Message.ShouldBe("Log lines are stored again; 300 are missing.");
    }

    [Fact]
    public void Should_drop_the_oldest_lines_first()
    {
        var buffer = new LogBuffer(maxLines: 3, maxLength: 5000);

        Enumerable.Range(0, 5).Select(number => buffer.Add(Line($"{number}"))).Sum().ShouldBe(2);
        buffer.Take(2, 5000).Select(line => line.Message).ShouldBe(["2", "3"]);
        buffer.Add(Line(new('x', 4700))).ShouldBe(1, "its length leaves no room");
        buffer.Clear().ShouldBe(1);
        buffer.Take(1, 5000).ShouldBeEmpty();
    }

    static LogLine Line(string message) =>
        new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Level = LogLevel.Information,
            Service = "serve",
            Message = message,
        };
}
