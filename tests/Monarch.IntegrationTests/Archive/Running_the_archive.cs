using System.Globalization;
using System.Net;
using Monarch.Hosting;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary><c>monarch archive</c> as a process.</summary>
public sealed class Running_the_archive(Servers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task Should_require_only_the_broker()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var port = FreePort.Next();
        await using var process = await MonarchProcess.StartAsync(["archive"], Settings(archive, ("PROMETHEUS_PORT", $"{port}")));
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        await Until.TrueAsync(() => IsReadyAsync(http), "it is ready", state: () => process.Output);

        await archive.PublishAsync("{}"u8.ToArray());
        await archive.FiledAsync(1);
        var metrics = await http.GetStringAsync("metrics", Token);
        metrics.ShouldMatch("(?m)^monarch_archive_filed_total{.*} 1$");
        metrics.ShouldMatch("(?m)^monarch_archive_received_total{.*} 1$");
        metrics.ShouldMatch("(?m)^monarch_archive_bytes_total{.*} 2$");
        metrics.ShouldMatch("(?m)^monarch_archive_free_space_bytes{");
        metrics.ShouldContain("\nmonarch_archive_duration_seconds_bucket{");
        metrics.ShouldContain("\nmonarch_archive_sync_duration_seconds_bucket{");

        process.Terminate();
        (await process.WaitForExitAsync()).ShouldBe(ExitCodes.Ok, process.Output);
    }

    [Fact]
    public async Task Should_not_be_ready_while_events_cannot_be_filed()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var port = FreePort.Next();
        await using var process = await MonarchProcess.StartAsync(
            ["archive"],
            Settings(archive, ("PROMETHEUS_PORT", $"{port}"), ("ARCHIVE_FREE_FLOOR", $"{1L << 50}"))
        );
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };

        await Until.TrueAsync(
            async () => (await HealthAsync(http)).Contains("ARCHIVE_FREE_FLOOR", StringComparison.Ordinal),
            "readiness has the reason",
            state: () => process.Output
        );
        (await IsReadyAsync(http)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_report_all_invalid_settings_together()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder["file"], "", Token);
        await using var process = await MonarchProcess.StartAsync(
            ["archive"],
            new Dictionary<string, string>
            {
                ["OUTPUT_FOLDER"] = folder["file"],
                ["ARCHIVE_BINDING"] = ",",
                ["ARCHIVE_QUEUE"] = "amq.mine",
                ["ARCHIVE_TIME"] = "gmt",
                ["ARCHIVE_LAYOUT"] = "deep",
                ["ARCHIVE_FORWARD_URL"] = "ftp://host/",
                ["ARCHIVE_MAX_BYTES"] = "-1",
            }
        );

        (await process.WaitForExitAsync()).ShouldBe(ExitCodes.Config);
        foreach (
            var key in new[]
            {
                "OUTPUT_FOLDER",
                "ARCHIVE_BINDING",
                "ARCHIVE_QUEUE",
                "ARCHIVE_TIME",
                "ARCHIVE_LAYOUT",
                "ARCHIVE_FORWARD_URL",
                "ARCHIVE_MAX_BYTES",
            }
        )
        {
            process.Output.ShouldContain(key);
        }
    }

    // The bound is for 16 of 16 MiB; without a bound, all 32 of them would be held.
    [Theory]
    [InlineData(32, 16)]
    [InlineData(8, 64)]
    public async Task Should_limit_the_memory_of_large_bodies(int messages, int mebibytes)
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await using (var first = await MonarchProcess.StartAsync(["archive"], Settings(archive, ("PROMETHEUS_PORT", "0"))))
        {
            // Creates the queue.
            await first.WaitForOutputAsync("are archived from the queue");
        }

        var body = LargeEvent(mebibytes << 20);
        for (var i = 0; i < messages; i++)
        {
            await archive.PublishAsync(body);
        }

        // The entry script and docker-compose.yml configure the same size for young objects.
        await using var process = await MonarchProcess.StartAsync(
            ["archive"],
            Settings(archive, ("PROMETHEUS_PORT", "0"), ("ARCHIVE_MAX_BYTES", $"{1 << 27}"), ("DOTNET_GCgen0size", "0x2000000"))
        );
        await Until.TrueAsync(() => archive.Filed == messages, "all are filed", state: () => process.Output);

        var peak = PeakMebibytes(process.Id);
        output.WriteLine($"{messages} bodies of {mebibytes} MiB: {peak} MiB");
        peak.ShouldBeLessThan(512);
    }

    static Dictionary<string, string> Settings(ArchiveHost archive, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["RABBITMQ_URL"] = $"{archive.Broker}",
            ["OUTPUT_FOLDER"] = archive.Folder,
            ["ARCHIVE_FREE_FLOOR"] = "0",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }

    static byte[] LargeEvent(int bytes)
    {
        var body = new byte[bytes];
        Array.Fill(body, (byte)'a');
        (body[0], body[^1]) = ((byte)'"', (byte)'"');
        return body;
    }

    static int PeakMebibytes(int process) =>
        int.Parse(
            File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[
                "VmHWM:".Length..^"kB".Length
            ],
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture
        ) >> 10;

    static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static async Task<string> HealthAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", Token);
            return await answer.Content.ReadAsStringAsync(Token);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
