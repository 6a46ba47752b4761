using System.Net;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>The folder is not writable for a while: the archive waits, reports the reason, and continues.</summary>
public sealed class Running_out_of_disk(Servers servers)
{
    const int Count = 3_000;

    // The prefetch count.
    const int InFlight = 512;

    [Theory]
    [InlineData("2097152", "free space")]
    [InlineData("0", "No space left")]
    public async Task Should_wait_for_free_space_on_a_full_disk(string floor, string reason)
    {
        await using var mount = await SmallDisk.MountAsync("tmpfs", "size=24m");
        // Leaves space for about half of the files, with a page each.
        await File.WriteAllBytesAsync(mount["ballast"], new byte[16 << 20], CurrentTest.Token);

        await PlayAsync(
            mount["messages"],
            floor,
            reason,
            () => Task.CompletedTask,
            () =>
            {
                File.Delete(mount["ballast"]);
                return Task.CompletedTask;
            }
        );
    }

    [Fact]
    public async Task Should_wait_while_the_folder_is_read_only()
    {
        await using var mount = await SmallDisk.MountAsync("tmpfs", "size=64m");
        var folder = mount["messages"];
        Assert.SkipUnless(
            (await SystemCommand.TryAsync("chattr", "+i", mount.Path)).Code == 0,
            "The file system has no immutable folders (Linux 6.6)."
        );
        await SystemCommand.RunAsync("chattr", "-i", mount.Path);

        // As with a file system that the kernel remounts read-only after an error, even while files are open for writing.
        await PlayAsync(
            folder,
            "0",
            "Operation not permitted",
            () =>
                SystemCommand.RunAsync(
                    "chattr",
                    ["+i", folder, Path.Combine(folder, ".ids"), .. Directory.GetDirectories(Path.Combine(folder, ".tmp"))]
                ),
            () => SystemCommand.RunAsync("chattr", "-R", "-i", folder)
        );
    }

    async Task PlayAsync(string folder, string floor, string reason, Func<Task> fail, Func<Task> recover)
    {
        using var directory = new TemporaryDirectory();
        var broker = await servers.RabbitMqAsync();
        await using var archive = await RunningArchive.StartAsync(
            ArchiveProgram.Monarch,
            servers,
            broker,
            folder,
            settings: ("ARCHIVE_FREE_FLOOR", floor)
        );
        await using var publisher = await ForeignPublisher.StartPikaAsync(broker, Count, directory, options: ["--size", "600"]);
        await Until.TrueAsync(() => archive.Record.Count > 300, "it files", state: () => archive.Output);
        await fail();
        await publisher.EndedAsync();
        await Until.TrueAsync(
            async () =>
                await archive.HealthAsync() is (HttpStatusCode.ServiceUnavailable, var text)
                && text.Contains(reason, StringComparison.Ordinal),
            $"it is not ready because of \"{reason}\"",
            state: () => archive.Output
        );
        var (deliveries, acknowledged) = (archive.Record.Deliveries, archive.Record.Count);
        acknowledged.ShouldBeLessThan(Count);

        await recover();
        await archive.AcknowledgedAsync(Count);
        await Until.TrueAsync(
            async () => (await archive.HealthAsync()).Status == HttpStatusCode.OK,
            "it is ready",
            state: () => archive.Output
        );

        var files = await ArchivedFiles.ReadAsync(folder);
        files.Faults.ShouldBeEmpty();
        files.Missing(publisher.Name, Enumerable.Range(1, Count)).ShouldBeEmpty();
        files.Count.ShouldBe(Count);
        // No message is returned to the broker only to be redelivered.
        archive.Record.Returned.ShouldBe(0);
        archive.Record.Redeliveries.ShouldBeLessThanOrEqualTo(2 * InFlight);
        await Console.Out.WriteLineAsync(
            $"{reason}: {acknowledged} acknowledged of {deliveries} deliveries while it could write; {archive.Record.Redeliveries} redeliveries."
        );
        (await archive.StopAsync()).ShouldBe(0, archive.Output);
    }
}
