using System.Globalization;
using System.Text.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive.Tracing;

/// <summary>The order of the system calls, as strace records them.</summary>
public sealed class Acknowledging_in_order(Servers servers)
{
    const string Calls =
        "openat,write,pwrite64,writev,pwritev,fsync,fdatasync,syncfs,link,linkat,unlink,unlinkat,sendto,sendmsg,recvfrom,recvmsg";
    const int Count = 400;

    [Fact]
    public async Task Should_make_each_event_durable_first()
    {
        var faults = await FaultsAsync(ArchiveProgram.Monarch, Count);

        faults.Take(20).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("early", false)]
    [InlineData("no-fsync", false)]
    [InlineData("no-folder-fsync", false)]
    public async Task Should_detect_an_archive_that_does_not(string fault, bool isWell)
    {
        var faults = await FaultsAsync(ArchiveProgram.StandIn(fault), 20);

        faults.Any().ShouldBe(!isWell, string.Join('\n', faults.Take(5)));
    }

    async Task<IReadOnlyList<string>> FaultsAsync(ArchiveProgram program, int count)
    {
        using var directory = new TemporaryDirectory();
        var (folder, trace) = (directory["messages"], directory["trace"]);
        var broker = await servers.RabbitMqAsync();
        // The traced process must not outlive strace.
        await using var archive = await RunningArchive.StartAsync(
            program,
            servers,
            broker,
            folder,
            ["strace", "-f", "-y", "-x", "-s", "70000", "-o", trace, "-e", $"trace={Calls}", "--", "setpriv", "--pdeathsig", "KILL"],
            ("ARCHIVE_FREE_FLOOR", "0")
        );
        await using var publisher = await ForeignPublisher.StartPikaAsync(broker, count, directory);
        await publisher.EndedAsync();
        await archive.AcknowledgedAsync(count);
        var traced = (await SystemCommand.RunAsync("ps", "-o", "pid=", "--ppid", $"{archive.Process.Id}")).Trim();
        await SystemCommand.RunAsync("kill", "-TERM", traced);
        (await archive.Process.WaitForExitAsync()).ShouldBe(0, archive.Output);

        Dictionary<string, string> files = [];
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Token));
            var number = json.RootElement.GetProperty("data").GetProperty("number").GetInt32();
            files[path] = string.Create(CultureInfo.InvariantCulture, $"{publisher.Name}-{number}");
        }

        files.Count.ShouldBe(count);
        return DurableOrder.Check(SystemCall.Read(await File.ReadAllLinesAsync(trace, Token)), files);
    }
}
