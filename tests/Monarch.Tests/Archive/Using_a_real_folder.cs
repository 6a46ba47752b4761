using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Filing.Stores;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

/// <summary>The system calls themselves.</summary>
public sealed class Using_a_real_folder : IDisposable
{
    readonly TemporaryDirectory _directory = new();
    readonly LinuxFiles _files;

    public Using_a_real_folder() => _files = new(_directory.Path);

    public void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_create_a_file_and_never_replace_one(bool sync)
    {
        _files.Create("one", "first"u8, sync);

        Should
            .Throw<ArchiveFolderException>(() => _files.Create("one", "second"u8, sync))
            .Message.ShouldBe($"{_directory["one"]} cannot be created: File exists");
        File.ReadAllText(_directory["one"]).ShouldBe("first");
        _files.Read("one").ShouldBe("first"u8.ToArray());
    }

    [Fact]
    public void Should_link_without_replacing()
    {
        _files.Create("one", "1"u8, sync: false);
        _files.Create("two", "2"u8, sync: false);

        _files.Link("one", "other").ShouldBe(LinkResult.Linked);
        _files.Link("one", "two").ShouldBe(LinkResult.Taken);
        _files.Link("none", "three").ShouldBe(LinkResult.Missing);
        _files.Link("one", "none/three").ShouldBe(LinkResult.Missing);

        (_files.IsSame("one", "other"), _files.IsSame("one", "two"), _files.IsSame("one", "none")).ShouldBe((true, false, false));
        (_files.LinkCount("one"), _files.LinkCount("two"), _files.LinkCount("none")).ShouldBe((2, 1, 0));
        File.ReadAllText(_directory["two"]).ShouldBe("2");
    }

    [Fact]
    public void Should_append_and_know_the_length()
    {
        _files.Append("lines", "a\n"u8).ShouldBe(2);
        _files.Append("lines", "bc\n"u8).ShouldBe(5);
        File.ReadAllText(_directory["lines"]).ShouldBe("a\nbc\n");
    }

    [Fact]
    public void Should_list_delete_and_sync()
    {
        _files.CreateFolder("folder");
        _files.CreateFolder("folder");
        _files.Create("folder/one", [], sync: true);
        _files.SyncFolder("folder");
        _files.SyncFolder("");
        _files.SyncAll();

        _files.List("folder").ShouldBe(["one"]);
        _files.List("none").ShouldBeEmpty();
        _files.List("folder/one").ShouldBeEmpty();
        Should.Throw<ArchiveFolderException>(() => _files.List(new string('x', 300)).ToList());
        _files
            .WrittenAt("folder/one")
            .ShouldNotBeNull()
            .ShouldBe(File.GetLastWriteTimeUtc(_directory["folder/one"]), TimeSpan.FromSeconds(1));
        _files.WrittenAt("none").ShouldBeNull();
        _files.Delete("folder/one");
        _files.Delete("folder/one");
        _files.DeleteFolder("folder");
        _files.DeleteFolder("folder");
        Directory.Exists(_directory["folder"]).ShouldBeFalse();
    }

    [Fact]
    public void Should_lock_once_until_the_lock_is_released()
    {
        var held = _files.TryLock("lock").ShouldNotBeNull();
        using var other = new LinuxFiles(_directory.Path);
        other.TryLock("lock").ShouldBeNull();
        held.Dispose();
        other.TryLock("lock").ShouldNotBeNull().Dispose();
        other.TryLock("none/lock").ShouldBeNull();
    }

    [Fact]
    public void Should_report_free_space() =>
        ((double)_files.FreeBytes()).ShouldBe(new DriveInfo(_directory.Path).AvailableFreeSpace, 1 << 28);

    [Fact]
    public void Should_store_events_as_on_the_simulated_disk()
    {
        var store = new EventStore(_files, new ArchiveOptions { Layout = "daily", Manifest = true }, FakeTime.New());
        store.Open();
        List<PendingEvent> batch =
        [
            Replica.Prepare(Replica.Message("1", """{"n":1}""")),
            Replica.Prepare(Replica.Message("1", """{"n":1}""")),
            Replica.Prepare(Replica.Message("1", """{"n":2}""")),
            Replica.Prepare(Replica.Message(null, """{"n":3}""", "../x")),
            Replica.Prepare(Replica.Message("2", "no JSON")),
            Replica.Prepare(Replica.Message("3", "{}")),
        ];

        store.Store(batch);
        store.CleanUp();
        store.Store([Replica.Prepare(Replica.Message("3", "{}"))]);
        store.CleanUp();
        store.Dispose();

        batch
            .Select(x => x.Outcome)
            .ShouldBe([
                FilingOutcome.Filed,
                FilingOutcome.Duplicate,
                FilingOutcome.Filed,
                FilingOutcome.Filed,
                FilingOutcome.Rejected,
                FilingOutcome.Filed,
            ]);
        var day = batch[0].Name.Day;
        Directory.EnumerateFiles(_directory[day]).Count().ShouldBe(4);
        File.ReadAllText(_directory[batch[2].Path!]).ShouldBe("""{"n":2}""");
        Path.GetFileName(batch[3].Path!).ShouldEndWith("_..%2Fx.json");
        Directory.EnumerateFiles(_directory["rejected"]).Count().ShouldBe(2);
        Directory.EnumerateFileSystemEntries(_directory[".tmp"]).ShouldBeEmpty();
        Directory.EnumerateFiles(_directory[".ids"]).Count().ShouldBe(4);
        // The ids do not keep the files: deleting one frees its space.
        new FileInfo(Directory.EnumerateFiles(_directory[".ids"]).First()).Length.ShouldBe(0);
    }

    [Fact]
    public void Should_remove_old_ids_only()
    {
        _files.CreateFolder(".ids");
        _files.Create(".ids/old", [], sync: false);
        _files.Create(".ids/new", [], sync: false);
        File.SetLastWriteTimeUtc(_directory[".ids/old"], FakeTime.Start.UtcDateTime.AddDays(-8));
        File.SetLastWriteTimeUtc(_directory[".ids/new"], FakeTime.Start.UtcDateTime.AddDays(-6));

        OldIds.Remove(_files, FakeTime.Start.AddDays(-7), TestContext.Current.CancellationToken);

        _files.List(".ids").ShouldBe(["new"]);
    }

    [Fact]
    public async Task Should_continue_removing_old_ids_after_a_failed_listing()
    {
        var time = FakeTime.New();
        File.CreateSymbolicLink(_directory[".ids"], _directory[".ids"]);
        using var stopped = new CancellationTokenSource();

        var removing = OldIds.RemoveHourlyAsync(_files, TimeSpan.FromDays(7), time, NullLogger.Instance, stopped.Token);
        File.Delete(_directory[".ids"]);
        _files.CreateFolder(".ids");
        _files.Create(".ids/old", [], sync: false);
        File.SetLastWriteTimeUtc(_directory[".ids/old"], FakeTime.Start.UtcDateTime.AddDays(-8));
        time.Advance(TimeSpan.FromHours(1));
        await Until.TrueAsync(() => removing.IsFaulted || !_files.Exists(".ids/old"), "the old id is removed");

        removing.IsFaulted.ShouldBeFalse($"{removing.Exception}");
        await stopped.CancelAsync();
        await removing;
    }

    [Fact]
    public void Should_give_an_id_the_time_of_its_message_after_a_quiet_week()
    {
        var time = new CorrectedClock();
        using var store = new EventStore(_files, new ArchiveOptions(), time);
        store.Open();
        var message = Replica.Prepare(Replica.Message("1", "{}"));
        var token = Directory.EnumerateFiles(_directory[$".tmp/{store.ProcessName}"], "token*").ShouldHaveSingleItem();
        File.SetLastWriteTimeUtc(token, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-8));
        time.Advance(TimeSpan.FromDays(8));
        // Setting the clock back does not make the token younger.
        time.Correct(-TimeSpan.FromDays(8));

        store.Store([message]);

        _files.WrittenAt($".ids/{message.Digest}").ShouldNotBeNull().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        store.CleanUp();
        Directory.EnumerateFiles(_directory[$".tmp/{store.ProcessName}"], "token*").ShouldHaveSingleItem().ShouldNotBe(token);
    }

    [Fact]
    public void Should_start_beside_the_probe_of_a_process_that_was_killed_at_its_start()
    {
        _files.CreateFolder(".tmp");
        _files.Create(".tmp/probe-0123", [], sync: false);
        _files.Create(".tmp/probe-4567-probe-link", [], sync: false);
        File.SetLastWriteTimeUtc(_directory[".tmp/probe-0123"], FakeTime.Start.UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(_directory[".tmp/probe-4567-probe-link"], FakeTime.Start.UtcDateTime);
        var batch = new[] { Replica.Prepare(Replica.Message("1", "{}")) };

        using var opened = OutputFolder.Open(new() { Folder = _directory.Path }, FakeTime.New());
        using var store = new EventStore(opened, new ArchiveOptions(), FakeTime.New());
        store.Open();
        store.Store(batch);
        store.CleanUp();
        store.Store([Replica.Prepare(Replica.Message("1", "{}"))]);

        Directory.EnumerateFiles(_directory[".tmp"]).Select(x => Path.GetFileName(x)).ShouldBe(["probe-4567-probe-link"]);
        Directory.EnumerateFiles(_directory.Path).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("file", "which is a file. Set it to a folder.")]
    [InlineData("none/folder", "nor does the folder that it would be in. Mount its volume, or create the folder.")]
    public void Should_refuse_an_unusable_folder(string path, string expected)
    {
        File.WriteAllText(_directory["file"], "");

        Should
            .Throw<OptionsValidationException>(() => OutputFolder.Open(new() { Folder = _directory[path] }, FakeTime.New()))
            .Message.ShouldEndWith(expected);
    }

    [Fact]
    public void Should_create_the_folder_in_one_that_exists()
    {
        using var opened = OutputFolder.Open(new() { Folder = _directory["messages"] }, FakeTime.New());

        Directory.EnumerateFileSystemEntries(_directory["messages"]).Select(x => Path.GetFileName(x)).ShouldBe([".tmp"]);
    }
}
