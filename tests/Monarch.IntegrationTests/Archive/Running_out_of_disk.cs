using System.Net;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>The folder cannot be written for a while: the archive waits, says why, and goes on.</summary>
public sealed class Running_out_of_disk(Servers servers)
{
    const int Count = 3_000;

    // What the broker gives out at once.
    const int InFlight = 512;

    [Theory]
    [InlineData("2097152", "free space")]
    [InlineData("0", "No space left")]
    public async Task Should_wait_for_room_on_a_disk_that_is_full(string floor, string reason)
    {
        await using var mount = await SmallDisk.MountAsync("tmpfs", "size=24m");
        // Leaves room for about a half of the files, of a page each.
        await File.WriteAllBytesAsync(mount["ballast"], new byte[16 << 20], CurrentTest.Token);

        await PlayAsync(mount["messages"], floor, reason, () => Task.CompletedTask, () =>
        {
            File.Delete(mount["ballast"]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Should_wait_while_the_folder_is_read_only()
    {
        await using var mount = await SmallDisk.MountAsync("tmpfs", "size=64m");
        var folder = mount["messages"];
        Assert.SkipUnless(
            (await SystemCommand.TryAsync("chattr", "+i", mount.Path)).Code == 0, "The file system has no immutable folders (Linux 6.6).");
        await SystemCommand.RunAsync("chattr", "-i", mount.Path);

        // As with a file system that the kernel makes read-only after an error: what is open for writing does not prevent it.
        await PlayAsync(folder, "0", "Operation not permitted",
            () => SystemCommand.RunAsync(
                "chattr", ["+i", folder, Path.Combine(folder, ".ids"), .. Directory.GetDirectories(Path.Combine(folder, ".tmp"))]),
            () => SystemCommand.RunAsync("chattr", "-R", "-i", folder));
    }

    async Task PlayAsync(string folder, string floor, string reason, Func<Task> fail, Func<Task> recover)
    {
        using var directory = new TemporaryDirectory();
        var broker = await servers.RabbitMqAsync();
        await using var archive = await RunningArchive.StartAsync(
            ArchiveProgram.Monarch, servers, broker, folder, settings: ("ARCHIVE_FREE_FLOOR", floor));
        await using var publisher = await ForeignPublisher.StartPikaAsync(broker, Count, directory, options: ["--size", "600"]);
        await Until.TrueAsync(() => archive.Record.Count > 300, "it files", state: () => archive.Output);
        await fail();
        await publisher.EndedAsync();
        await Until.TrueAsync(
            async () => await archive.HealthAsync() is (HttpStatusCode.ServiceUnavailable, var text) && text.Contains(reason, StringComparison.Ordinal),
            $"it is not ready because of \"{reason}\"", state: () => archive.Output);
        var (deliveries, acknowledged) = (archive.Record.Deliveries, archive.Record.Count);
        acknowledged.ShouldBeLessThan(Count);

        await recover();
        await archive.AcknowledgedAsync(Count);
        await Until.TrueAsync(async () => (await archive.HealthAsync()).Status == HttpStatusCode.OK, "it is ready", state: () => archive.Output);

        var files = await ArchivedFiles.ReadAsync(folder);
        files.Faults.ShouldBeEmpty();
        files.Missing(publisher.Name, Enumerable.Range(1, Count)).ShouldBeEmpty();
        files.Count.ShouldBe(Count);
        // Nothing is returned to the broker only to be delivered again.
        archive.Record.Returned.ShouldBe(0);
        archive.Record.Redeliveries.ShouldBeLessThanOrEqualTo(2 * InFlight);
        await Console.Out.WriteLineAsync(
            $"{reason}: {acknowledged} acknowledged of {deliveries} deliveries while it could write; {archive.Record.Redeliveries} redeliveries.");
        (await archive.StopAsync()).ShouldBe(0, archive.Output);
    }
}
