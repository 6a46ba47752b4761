using System.Globalization;
using Monarch.Testing;
using Monarch.Testing.Amqp;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>The machine loses power, and with it all changes that are not durable, on a real ext4 file system.</summary>
public sealed class Losing_power(Servers servers)
{
    const int Count = 3_000;
    const int Cuts = 12;

    [Fact]
    public async Task Should_keep_every_acknowledged_event_and_file_the_rest_afterwards()
    {
        var faults = await PlayAsync(ArchiveProgram.Monarch, Count, Cuts);

        faults.Take(20).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-fsync", false)]
    [InlineData("none", true)]
    public async Task Should_detect_lost_acknowledged_events(string fault, bool isWell)
    {
        var faults = await PlayAsync(ArchiveProgram.StandIn(fault), 300, 3);

        faults.Any().ShouldBe(!isWell, string.Join('\n', faults.Take(20)));
    }

    async Task<IReadOnlyList<string>> PlayAsync(ArchiveProgram program, int count, int cuts)
    {
        await using var disk = await PowerDisk.CreateAsync();
        using var directory = new TemporaryDirectory();
        var broker = await servers.RabbitMqAsync();
        var folder = Path.Combine(disk.Folder, "messages");
        await using var archive = await RunningArchive.StartAsync(
            program,
            servers,
            broker,
            folder,
            settings: ("ARCHIVE_FREE_FLOOR", "1048576")
        );
        await using var publisher = await ForeignPublisher.StartPikaAsync(broker, count, directory, options: ["--size", "600"]);

        await SystemCommand.RunAsync("sync", "--file-system", folder);

        // The archive continues after the last power failure.
        var random = new Random(cuts);
        List<int> moments = [.. Enumerable.Range(1, cuts).Select(_ => random.Next(1, count * 9 / 10)).Order()];
        List<IReadOnlyList<AmqpDelivery>> acknowledged = [];
        foreach (var (number, moment) in moments.Index())
        {
            await Until.TrueAsync(
                () => archive.Process.HasExited || archive.Record.Count >= moment,
                $"{moment} are acknowledged",
                state: () => archive.Output
            );
            if (number == cuts - 1)
            {
                await archive.Process.KillAsync();
            }

            // In this order, because acknowledged events must be durable before the image.
            acknowledged.Add(archive.Record.Acknowledged);
            await disk.CutAsync(number);
        }

        await publisher.EndedAsync();
        List<string> faults = [];
        foreach (var (number, known) in acknowledged.Index())
        {
            faults.AddRange(
                await disk.ReadAsync(
                    number,
                    async root =>
                    {
                        var found = await FaultsAsync(Path.Combine(root, "messages"), publisher.Name, known.Select(NumberOf));
                        faults.AddRange(found.Select(x => $"Cut {number}: {x}"));
                    }
                )
            );
        }

        await Console.Out.WriteLineAsync(
            $"{program.Name}: {await disk.FlushesAsync()} flushes; acknowledged at the cuts: {string.Join(", ", acknowledged.Select(x => x.Count))}"
        );
        if (faults.Count > 0)
        {
            return faults;
        }

        await disk.RestartAsync(cuts - 1);
        await archive.StartAsync();
        await archive.AcknowledgedAsync(count);
        return await FaultsAsync(folder, publisher.Name, Enumerable.Range(1, count));
    }

    static async Task<List<string>> FaultsAsync(string folder, string publisher, IEnumerable<int> numbers)
    {
        var files = await ArchivedFiles.ReadAsync(folder);
        return [.. files.Faults, .. files.Missing(publisher, numbers)];
    }

    static int NumberOf(AmqpDelivery delivery) => int.Parse(delivery.MessageId!.Split('-')[1], CultureInfo.InvariantCulture);
}
