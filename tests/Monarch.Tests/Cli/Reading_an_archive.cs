using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Archive.Reading;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Reading_an_archive : IDisposable
{
    const string Event = "20241201_143022_123456_expense.created.json";

    readonly ArchiveFixture _archive = new();

    public Reading_an_archive()
    {
        _archive.Write(Event, "{}");
        _archive.Write("20241201_153022_123456_expense.paid.json", "{}");
        _archive.WriteRejected("20241201_153022_123456_expense.paid", "no JSON");
        _archive.Manifest("20241201_a.sha256", Event, "rejected/20241201_153022_123456_expense.paid.body");
    }

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task Should_exit_with_0_when_nothing_is_damaged()
    {
        _archive.Write("readme.txt", "");

        var run = await CliRun.OfAsync($"archive verify {_archive.Folder}");

        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe([
            "note: readme.txt: is no file of the archive",
            "2 events, 0 lines in 0 segments, 1 rejected; 2 manifest entries, 2 files without one; 1 note, 0 faults.",
        ]);
    }

    [Fact]
    public async Task Should_exit_with_1_and_name_damaged_files()
    {
        _archive.Write(Event, "[]");

        var run = await CliRun.OfAsync($"archive verify {_archive.Folder}");

        run.ExitCode.ShouldBe(1);
        run.Lines[0].ShouldBe($"{Event}: differs from its SHA-256 in the manifest");
        run.Lines[1].ShouldEndWith("0 notes, 1 fault.");
    }

    [Fact]
    public async Task Should_agree_with_sha256sum()
    {
        (await SumsAsync()).ShouldBe(0);

        _archive.Write(Event, "[]");
        (await SumsAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("archive verify /nowhere/at/all", "'/nowhere/at/all' is not a folder")]
    [InlineData("archive list /nowhere/at/all", "'/nowhere/at/all' is not a folder")]
    [InlineData("archive list . --since tomorrow", "--since is 'tomorrow', which is not a time")]
    public async Task Should_refuse_what_cannot_be_read(string command, string problem)
    {
        var run = await CliRun.OfAsync(command);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Output.ShouldContain(problem);
    }

    [Fact]
    public async Task Should_list_the_configured_folder_in_the_configured_zone()
    {
        var run = await CliRun.OfAsync(
            "archive list --key expense.* --since 2024-12-01T17:00+02:00",
            $"OUTPUT_FOLDER={_archive.Folder}",
            "ARCHIVE_TIME=utc"
        );

        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe([$"{_archive.Folder}/20241201_153022_123456_expense.paid.json"]);
    }

    async Task<int> SumsAsync()
    {
        await using var process = await ChildProcess.StartAsync(
            "sha256sum",
            ["-c", "manifest/20241201_a.sha256"],
            directory: _archive.Folder
        );
        return await process.WaitForExitAsync();
    }
}
