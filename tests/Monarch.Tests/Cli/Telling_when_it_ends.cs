using Monarch.Bridge.Status;
using Monarch.Cli.Following;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Telling_when_it_ends
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(31, "31 s")]
    [InlineData(23 * 60, "23 min")]
    [InlineData(150 * 60, "2.5 h")]
    public void Should_say_the_time_and_about_how_long_that_is(int seconds, string left)
    {
        var end = Now.AddSeconds(seconds);
        View(end).EndInWords(Now).ShouldBe($"ends about {end:HH:mm:ss} UTC, in {left}");
    }

    [Fact]
    public void Should_say_nothing_when_nobody_can_tell_or_it_is_soon()
    {
        View(null).EndInWords(Now).ShouldBeNull();
        View(Now.AddSeconds(4)).EndInWords(Now).ShouldBeNull();
    }

    [Fact]
    public void Should_say_it_again_only_when_it_is_far_from_what_was_said()
    {
        var end = Now.AddMinutes(10);
        View(end).IsNews(null, Now).ShouldBeTrue();
        View(end).IsNews(end.AddSeconds(-110), Now).ShouldBeFalse();
        View(end).IsNews(end.AddSeconds(140), Now).ShouldBeTrue();
    }

    static MigrationView View(DateTimeOffset? end) => new()
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
