using Monarch.Hosting;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>A folder that cannot hold an archive is refused at start, with the remedy.</summary>
public sealed class Rejecting_an_unusable_folder(Servers servers)
{
    [Fact]
    public async Task Should_report_a_read_only_file_system()
    {
        await using var disk = await SmallDisk.MountAsync("tmpfs", "size=1m,ro");

        await ShouldBeRefusedAsync(disk["messages"], "Read-only file system", "Create it, writable");
        await ShouldBeRefusedAsync(disk.Path, "Read-only file system", "Mount its file system writable");
    }

    [Fact]
    public async Task Should_report_a_missing_volume()
    {
        using var directory = new TemporaryDirectory();

        await ShouldBeRefusedAsync(Path.Combine(directory["absent"], "messages"), "does not exist", "Mount its volume");
        Directory.Exists(directory["absent"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_report_a_file_system_without_hard_links()
    {
        await using var disk = await SmallDisk.WithoutLinksAsync();

        await ShouldBeRefusedAsync(disk["messages"], "without hard links", "ext4");
    }

    async Task ShouldBeRefusedAsync(string folder, params string[] texts)
    {
        using var directory = new TemporaryDirectory();
        await using var process = await ArchiveProgram.Monarch.StartAsync(
            new Dictionary<string, string> { ["RABBITMQ_URL"] = $"{await servers.RabbitMqAsync()}", ["OUTPUT_FOLDER"] = folder },
            directory.Path
        );

        (await process.WaitForExitAsync()).ShouldBe(ExitCodes.Config, process.Output);
        foreach (var text in (string[])["OUTPUT_FOLDER", folder, .. texts])
        {
            process.Output.ShouldContain(text);
        }
    }
}
