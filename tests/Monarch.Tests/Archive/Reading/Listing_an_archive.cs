using Monarch.Workers.Archive.Reading;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Reading;

public sealed class Listing_an_archive : IDisposable
{
    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    readonly ArchiveFixture _archive = new();

    public Listing_an_archive()
    {
        foreach (
            var path in new[]
            {
                "20241202_080000_000000_expense.created.json",
                "20241201_143022_123456_expense.created.json",
                "20241201_143022_123457_expense.paid.json",
                "2024-12-01/20241201_235959_999999_expense.created.json",
                "2024-12-03/20241203_000000_000000_a%20b.c.json",
                "rejected/20241201_143022_123456_expense.created.reason.json",
                "20241201_143022_123456_expense.created.body",
                "readme.txt",
            }
        )
        {
            _archive.Write(path, "{}");
        }

        // Two processes at once; the times are of other zones.
        _archive.Write(
            "segments/20241201_150000_000000_a.ndjson",
            Line("2024-12-01T14:00:00.000000+00:00", "expense.created") + Line("2024-12-02T09:00:00+01:00", "a b.c")
        );
        _archive.Write(
            "segments/20241201_160000_000000_b.ndjson",
            Line("2024-12-01T16:00:00+01:00", "expense.paid") + "{}\n" + "{\"cut off"
        );
    }

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void Should_list_files_and_lines_in_the_order_of_their_times() =>
        List("#")
            .ShouldBe([
                "20241201_143022_123456_expense.created.json",
                "20241201_143022_123457_expense.paid.json",
                "segments/20241201_150000_000000_a.ndjson:1",
                "segments/20241201_160000_000000_b.ndjson:1",
                "2024-12-01/20241201_235959_999999_expense.created.json",
                "20241202_080000_000000_expense.created.json",
                "segments/20241201_150000_000000_a.ndjson:2",
                "2024-12-03/20241203_000000_000000_a%20b.c.json",
            ]);

    [Fact]
    public void Should_list_events_by_key() =>
        List("a b.*").ShouldBe(["segments/20241201_150000_000000_a.ndjson:2", "2024-12-03/20241203_000000_000000_a%20b.c.json"]);

    [Fact]
    public void Should_list_from_a_time_on_and_before_another() =>
        List("expense.*", "2024-12-01T15:00", "2024-12-02")
            .ShouldBe([
                "segments/20241201_150000_000000_a.ndjson:1",
                "segments/20241201_160000_000000_b.ndjson:1",
                "2024-12-01/20241201_235959_999999_expense.created.json",
            ]);

    [Fact]
    public void Should_name_lines_that_cannot_be_read()
    {
        List("#");

        _archive.Faults.ShouldBe(["segments/20241201_160000_000000_b.ndjson:2: has no time"]);
    }

    [Theory]
    [InlineData("2024-12-01", "2024-12-01T00:00:00")]
    [InlineData("2024-12-01T14:30", "2024-12-01T14:30:00")]
    [InlineData("2024-12-01T14:30:22.123456", "2024-12-01T14:30:22.123456")]
    [InlineData("2024-12-01T14:30Z", "2024-12-01T15:30:00")]
    [InlineData("2024-07-01T14:30:22Z", "2024-07-01T16:30:22")]
    [InlineData("2024-12-01T14:30-05:00", "2024-12-01T20:30:00")]
    [InlineData("yesterday", null)]
    [InlineData("01.12.2024", null)]
    [InlineData("2024-12-01Z", null)]
    public void Should_read_times_in_the_zone_of_the_names(string text, string? expected)
    {
        ListTime.TryParse(text, Berlin, out var time).ShouldBe(expected is not null);

        if (expected is not null)
        {
            time.ShouldBe(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    List<string> List(string key, string? since = null, string? until = null)
    {
        var filter = new ListFilter(new KeyPattern(key), Time(since), Time(until));
        return [.. new ArchiveListing(_archive.Folder, filter, Berlin, _archive.Findings.Add).Events().Select(listed => listed.Path)];
    }

    static DateTime? Time(string? text) => text is not null && ListTime.TryParse(text, Berlin, out var time) ? time : null;

    static string Line(string time, string key) => $$"""{"time":"{{time}}","routingKey":"{{key}}","event":{} }""" + "\n";
}
