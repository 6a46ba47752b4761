using System.Text.RegularExpressions;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Stores;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed partial class Naming_a_file
{
    [Fact]
    public void Should_match_the_names_of_the_existing_processor() =>
        new EventFileName(
            new DateTime(2024, 12, 1, 14, 30, 22).AddMicroseconds(123456),
            RoutingKeyText.Of("expense.created"),
            EventFileName.EventSuffix
        )
            .ToString()
            .ShouldBe("20241201_143022_123456_expense.created.json");

    [Theory]
    [InlineData("expense.created", "expense.created")]
    [InlineData("", "")]
    [InlineData("..", "..")]
    [InlineData("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd")]
    [InlineData("a b\n\0", "a%20b%0A%00")]
    [InlineData("100%", "100%25")]
    [InlineData("dépense", "d%C3%A9pense")]
    public void Should_encode_other_characters(string key, string expected) => RoutingKeyText.Of(key).ShouldBe(expected);

    [Fact]
    public void Should_keep_ten_thousand_hostile_keys_distinct_and_in_the_folder()
    {
        var random = new Random(11);
        var keys = Enumerable.Range(0, 10_000).Select(_ => Hostile(random)).Distinct().ToList();

        var texts = keys.Select(RoutingKeyText.Of).ToList();

        texts.Where(text => !Plain().IsMatch(text) || text.Length > RoutingKeyText.Longest).ShouldBeEmpty();
        texts.Distinct().Count().ShouldBe(keys.Count);
        foreach (var text in texts)
        {
            var name = new EventFileName(new(2024, 12, 1), text, EventFileName.EventSuffix);
            EventFileName.TryParse($"{name}", EventFileName.EventSuffix, out var parsed).ShouldBeTrue();
            parsed.ShouldBe(name);
            var temporary = new TemporaryName(TemporaryKind.Event, new('0', MessageDigest.Length), name);
            $"{temporary}".Length.ShouldBeLessThan(256);
            TemporaryName.TryParse($"{temporary}", out var again).ShouldBeTrue();
            again.ShouldBe(temporary);
        }
    }

    [Fact]
    public void Should_never_split_an_encoded_character()
    {
        for (var length = 1; length < 255; length++)
        {
            Uri.UnescapeDataString(RoutingKeyText.Of(new string('a', length) + new string('é', 200))).ShouldNotContain('%');
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("notes.txt")]
    [InlineData("20241201_143022_123456.json")]
    [InlineData("20241301_143022_123456_expense.created.json")]
    [InlineData("20241201_143022_12345_expense.created.json")]
    [InlineData("20241201_143022_123456_expense.created.body")]
    public void Should_not_parse_names_of_other_files(string name) =>
        EventFileName.TryParse(name, EventFileName.EventSuffix, out _).ShouldBeFalse();

    [Fact]
    public void Should_give_unique_times_on_a_stopped_clock()
    {
        var time = FakeTime.New();
        var clock = new FileClock(time, isUtc: true);

        var times = Enumerable.Range(0, 1000).Select(_ => clock.Next()).ToList();

        times.ShouldBeInOrder();
        times.Distinct().Count().ShouldBe(1000);
        times[0].ShouldBe(FakeTime.Start.UtcDateTime);
        (times[^1] - times[0]).ShouldBe(TimeSpan.FromMicroseconds(999));
    }

    [Fact]
    public void Should_follow_a_clock_that_is_set_back()
    {
        var time = FakeTime.New();
        var clock = new FileClock(time, isUtc: true);
        clock.Next();

        time.Shift(-3600);

        clock.Next().ShouldBe(FakeTime.Start.UtcDateTime.AddHours(-1));
    }

    [Fact]
    public void Should_be_in_local_time_unless_utc_is_configured()
    {
        var time = FakeTime.New();
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(5.5), "test", "test"));

        new FileClock(time, isUtc: false).Next().ShouldBe(new DateTime(2026, 3, 10, 14, 30, 0));
        new FileClock(time, isUtc: true).Next().ShouldBe(new DateTime(2026, 3, 10, 9, 0, 0));
    }

    static string Hostile(Random random)
    {
        const string Characters = "ab./\\:*?\"<>|%~$ \t\r\n\0é中\u202e😀-_";
        return string.Concat(Enumerable.Range(0, random.Next(1, 255)).Select(_ => Characters[random.Next(Characters.Length)]));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._%-]*\z")]
    private static partial Regex Plain();
}
