using Monarch.Bridge.Status;
using Monarch.Cli.Display;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Reporting_the_expected_end
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(31, "31 s")]
    [InlineData(23 * 60, "23 min")]
    [InlineData(150 * 60, "2.5 h")]
    public void Should_show_the_time_and_the_approximate_duration(int seconds, string left)
    {
        var end = Now.AddSeconds(seconds);
        View(end).EndInWords(Now).ShouldBe($"ends about {end:HH:mm:ss} UTC, in {left}");
    }

    [Fact]
    public void Should_show_nothing_when_the_end_is_unknown_or_near()
    {
        View(null).EndInWords(Now).ShouldBeNull();
        View(Now.AddSeconds(4)).EndInWords(Now).ShouldBeNull();
    }

    [Fact]
    public void Should_repeat_the_end_only_when_it_has_changed_much()
    {
        var end = Now.AddMinutes(10);
        View(end).IsEndChanged(null, Now).ShouldBeTrue();
        View(end).IsEndChanged(end.AddSeconds(-110), Now).ShouldBeFalse();
        View(end).IsEndChanged(end.AddSeconds(140), Now).ShouldBeTrue();
    }

    static MigrationView View(DateTimeOffset? end) =>
        new()
        {
            Id = Guid.NewGuid(),
            Status = BatchStatus.Migrating,
            Source = "school/template",
            RequestedAt = Now,
            RepositoryCount = 1,
            RepositoriesEnded = 0,
            ExpectedEndAt = end,
        };
}
