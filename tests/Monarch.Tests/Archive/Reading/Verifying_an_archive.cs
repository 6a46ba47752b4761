using System.Text;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Reading;

public sealed class Verifying_an_archive : IDisposable
{
    const string Event = "20241201_143022_123456_expense.created.json";
    const string Line =
        """{"time":"2024-12-01T14:30:22.123456+01:00","routingKey":"expense.created","messageId":"a","event":{"a":1}}""" + "\n";

    readonly ArchiveFixture _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void Should_report_nothing_for_a_sound_archive_of_every_layout()
    {
        _archive.Write(Event, """{"action":"created"}""");
        _archive.Write("20241201_143022_123457_a%20b.json", "[1, 2]\n");
        _archive.Write("20241201_143022_123458_.json", "\"ü\"");
        _archive.Write($"2024-12-01/{Event}", "-1.5e3");
        _archive.Write("segments/20241201_143022_123456_host-1.ndjson", Line + Line);
        _archive.WriteRejected("20241201_143022_123456_expense.created", "no JSON");
        _archive.Write(".ids/0123", "not looked at");
        _archive.Write(".tmp/host-1/lock", "");

        var summary = _archive.Verify();

        _archive.Findings.ShouldBeEmpty();
        (summary.Events, summary.Segments, summary.Lines, summary.Rejected).ShouldBe((4, 1, 2, 1));
        (summary.Manifests, summary.Entries, summary.WithoutEntry).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"a\":1", "is not JSON: ")]
    [InlineData("{\"a\":1}}", "is not JSON: ")]
    [InlineData("{} {}", "is not JSON: ")]
    [InlineData("{\"a\":1,}", "is not JSON: ")]
    [InlineData("// no\n1", "is not JSON: ")]
    [InlineData("\0\0\0\0", "is not JSON: ")]
    [InlineData("12a", "is not JSON: ")]
    [InlineData("\uFEFF{}", "begins with a byte order mark")]
    public void Should_report_an_event_that_is_not_JSON(string content, string problem)
    {
        _archive.Write(Event, content);

        _archive.Verify().Faults.ShouldBe(1);
        _archive.Faults.ShouldHaveSingleItem().ShouldStartWith($"{Event}: {problem}");
    }

    [Fact]
    public void Should_report_an_event_that_is_not_UTF_8()
    {
        _archive.Write(Event, [(byte)'"', 0xC3, (byte)'"']);

        _archive.Verify();

        _archive.Faults.ShouldBe([$"{Event}: is not UTF-8"]);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Should_accept_the_depth_that_filing_accepts(int depth, bool isSound)
    {
        var nested = new string('[', depth) + new string(']', depth);
        _archive.Write(Event, nested);
        _archive.Write("segments/20241201_143022_123456_host-1.ndjson", Line.Replace("{\"a\":1}", nested, StringComparison.Ordinal));

        _archive.Verify().Faults.ShouldBe(isSound ? 0 : 2);
    }

    [Theory]
    [InlineData("event.json")]
    [InlineData("20241301_143022_123456_expense.created.json")]
    [InlineData("20241201_143022_123456_a b.json")]
    [InlineData("20241201_143022_123456_a%2g.json")]
    [InlineData("20241201_143022_123456_a%2.json")]
    [InlineData("20241201_143022_123456_a%2f.json")]
    public void Should_report_an_invalid_name(string name)
    {
        _archive.Write(name, "{}");

        _archive.Verify();

        _archive.Faults.ShouldBe([$"{name}: its name is not that of an event"]);
    }

    [Fact]
    public void Should_report_a_file_in_the_folder_of_another_day()
    {
        _archive.Write($"2024-12-02/{Event}", "{}");

        _archive.Verify();

        _archive.Faults.ShouldBe([$"2024-12-02/{Event}: is in the folder of another day"]);
    }

    [Fact]
    public void Should_report_each_invalid_line_of_a_segment()
    {
        const string Segment = "segments/20241201_143022_123456_host-1.ndjson";
        _archive.Write(
            Segment,
            Line
                + "\n"
                + """
                {"time":"yesterday","routingKey":"a","event":1}
                {"time":"2024-12-01T14:30:22.123456+01:00","event":1}
                {"time":"2024-12-01T14:30:22.123456+01:00","routingKey":"a"}
                {"time":"2024-12-01T14:30:22.123456+01:00","routingKey":"a","event":nul}
                ["time"]

                """
                + Line
        );

        _archive.Verify().Lines.ShouldBe(8);

        _archive
            .Faults.Select(WithoutCause)
            .ShouldBe([
                $"{Segment}:2: is empty",
                $"{Segment}:3: has no time",
                $"{Segment}:4: has no routing key",
                $"{Segment}:5: has no event",
                $"{Segment}:6: is not JSON",
                $"{Segment}:7: has no time",
            ]);
    }

    [Theory]
    [InlineData("{\"time\":\"2024-12")]
    [InlineData("\0\0\0")]
    public void Should_note_a_last_line_that_a_crash_cut_off(string rest)
    {
        _archive.Write("segments/20241201_143022_123456_host-1.ndjson", Line + rest);

        _archive.Verify().Faults.ShouldBe(0);

        _archive.Notes.ShouldHaveSingleItem().ShouldStartWith("segments/20241201_143022_123456_host-1.ndjson:2: is not complete");
    }

    [Fact]
    public void Should_report_a_rejected_body_without_a_reason_and_note_a_reason_without_a_body()
    {
        _archive.Write("rejected/20241201_143022_123456_a.body", "x");
        _archive.Write("rejected/20241201_143022_123457_a.reason.json", """{"reason":"is empty","bytes":0}""");

        _archive.Verify();

        _archive.Faults.ShouldBe(["rejected/20241201_143022_123456_a.body: has no reason beside it"]);
        _archive.Notes.ShouldHaveSingleItem().ShouldStartWith("rejected/20241201_143022_123457_a.reason.json: has no body beside it");
    }

    [Fact]
    public void Should_report_a_rejected_body_that_was_cut_and_a_reason_that_is_damaged()
    {
        _archive.WriteRejected("20241201_143022_123456_a", "long");
        _archive.Write("rejected/20241201_143022_123456_a.body", "lon");
        _archive.WriteRejected("20241201_143022_123457_a", "x");
        _archive.Write("rejected/20241201_143022_123457_a.reason.json", "{\"reason\":");
        _archive.WriteRejected("20241201_143022_123458_a", "x");
        _archive.Write("rejected/20241201_143022_123458_a.reason.json", """{"reason":"a"}""");
        _archive.WriteRejected("a", "x");

        _archive.Verify();

        _archive
            .Faults.Select(WithoutCause)
            .ShouldBe([
                "rejected/20241201_143022_123456_a.reason.json: records 4 bytes for the body, which has 3",
                "rejected/20241201_143022_123457_a.reason.json: is not JSON",
                "rejected/20241201_143022_123458_a.reason.json: has no reason, or not the length of the body",
                "rejected/a.body: its name is not that of a rejected body",
                "rejected/a.reason.json: its name is not that of a reason",
            ]);
    }

    [Fact]
    public void Should_compare_every_kind_of_file_with_its_digest()
    {
        string[] paths =
        [
            Event,
            $"2024-12-01/{Event}",
            "segments/20241201_143022_123456_h.ndjson",
            "rejected/20241201_143022_123456_a.body",
            "rejected/20241201_143022_123456_a.reason.json",
            "notes.txt",
            "other/file",
        ];
        _archive.WriteRejected("20241201_143022_123456_a", "1111");
        _archive.Write(paths[2], Line);
        foreach (var path in paths.Except([paths[2], paths[3], paths[4]]))
        {
            _archive.Write(path, "1111");
        }

        _archive.Manifest("20241201_h.sha256", paths);
        var sound = _archive.Verify();
        (sound.Faults, sound.Entries, sound.WithoutEntry).ShouldBe((0, paths.Length, 0));

        foreach (var path in paths)
        {
            var bytes = File.ReadAllBytes(Path.Combine(_archive.Folder, path));
            // Another digit or letter, so that the content stays valid.
            bytes[^Math.Min(4, bytes.Length)] ^= path == paths[2] || path == paths[4] ? (byte)0 : (byte)3;
            _archive.Write(
                path,
                path == paths[2] ? Encoding.UTF8.GetBytes(Line.Replace("\"a\":1", "\"a\":2", StringComparison.Ordinal))
                    : path == paths[4] ? Encoding.UTF8.GetBytes("""{"reason":"is mad JSON","bytes":4}""")
                    : bytes
            );
        }

        _archive.Verify();

        _archive.Faults.ShouldBe(paths.Select(path => $"{path}: differs from its SHA-256 in the manifest").Order());
    }

    [Fact]
    public void Should_report_a_missing_file_once_however_many_manifests_name_it()
    {
        _archive.Write(Event, "1");
        _archive.Manifest("20241201_a.sha256", Event);
        _archive.Manifest("20241201_b.sha256", Event, Event);
        File.Delete(Path.Combine(_archive.Folder, Event));

        _archive.Verify();

        _archive.Faults.ShouldBe([$"{Event}: is missing, and stands in a manifest"]);
    }

    [Fact]
    public void Should_accept_a_path_twice_with_one_digest_and_report_two()
    {
        _archive.Write(Event, "1");
        _archive.Manifest("20241201_a.sha256", Event, Event);
        _archive.Manifest("20241202_b.sha256", Event);
        _archive.Verify().Faults.ShouldBe(0);

        _archive.Write(Event, "2");
        _archive.Manifest("20241202_b.sha256", Event);
        _archive.Verify();

        _archive.Faults.ShouldContain(fault =>
            fault.StartsWith($"{Event}: stands in the manifests with two digests", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Should_report_invalid_lines_of_a_manifest_and_note_an_incomplete_one()
    {
        _archive.Write(Event, "1");
        var digest = new string('0', 64);
        _archive.Write(
            "manifest/20241201_a.sha256",
            $"hello\n{digest[1..]}g  {Event}\n{digest}  ../{Event}\n{digest}  /etc/passwd\n{digest} {Event}\n{digest}  \n{new string('x', 100_000)}\n{digest[..10]}"
        );

        var summary = _archive.Verify();

        _archive.Faults.ShouldBe([
            "manifest/20241201_a.sha256:1: is no line of a manifest",
            "manifest/20241201_a.sha256:2: is no line of a manifest",
            "manifest/20241201_a.sha256:3: names a file outside the folder",
            "manifest/20241201_a.sha256:4: names a file outside the folder",
            "manifest/20241201_a.sha256:5: is no line of a manifest",
            "manifest/20241201_a.sha256:6: is no line of a manifest",
            "manifest/20241201_a.sha256:7: is no line of a manifest",
        ]);
        _archive.Notes.ShouldHaveSingleItem().ShouldStartWith("manifest/20241201_a.sha256:8: is not complete");
        (summary.Entries, summary.WithoutEntry).ShouldBe((0, 1));
    }

    [Fact]
    public void Should_note_foreign_files()
    {
        _archive.Write("README.txt", "x");
        _archive.Write("segments/x.txt", "x");
        _archive.Write("rejected/x.txt", "x");
        _archive.Write("manifest/x.txt", "x");
        _archive.Write("more/x.txt", "x");
        _archive.Write("2024-12-01/more/x.txt", "x");
        File.CreateSymbolicLink(Path.Combine(_archive.Folder, Event), "/nowhere");
        Directory.CreateSymbolicLink(Path.Combine(_archive.Folder, "2024-12-02"), _archive.Folder);

        _archive.Verify().Faults.ShouldBe(0);

        _archive
            .Notes.Select(note => note.Split(':')[0])
            .ShouldBe(
                ["2024-12-01/more", "2024-12-02", Event, "manifest/x.txt", "more", "README.txt", "rejected/x.txt", "segments/x.txt"],
                ignoreOrder: true
            );
    }

    [Fact]
    public void Should_limit_memory_for_a_large_file()
    {
        const string Segment = "segments/20241201_143022_123456_host-1.ndjson";
        Directory.CreateDirectory(Path.Combine(_archive.Folder, "segments"));
        using (var file = File.Create(Path.Combine(_archive.Folder, Segment)))
        {
            // One line: a sparse file of zeros after the beginning of an event.
            file.Write(Encoding.UTF8.GetBytes(Line[..^2]));
            file.SetLength(256 << 20);
        }

        _archive.Manifest("20241201_a.sha256");
        var before = GC.GetAllocatedBytesForCurrentThread();

        _archive.Verify();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    static string WithoutCause(string fault) => fault.Split("JSON: ") is [var beginning, _] ? beginning + "JSON" : fault;
}
