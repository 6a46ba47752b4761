using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>Services that publish with pika or amqplib need no change.</summary>
public sealed class Publishing_from_foreign_programs(Servers servers)
{
    const int Count = 300;
    const int WithoutId = 4;

    [Fact]
    public async Task Should_file_what_pika_and_amqplib_publish()
    {
        using var amqplib = await NpmFolder.InstallAsync(ArchivedFiles.Script("publishers"));
        using var directory = new TemporaryDirectory();
        var broker = await servers.RabbitMqAsync();
        await using var archive = await RunningArchive.StartAsync(ArchiveProgram.Monarch, servers, broker, directory["messages"]);
        string[] options = ["--without-id", $"{WithoutId}", "--without-type", "3"];
        await using var pika = await ForeignPublisher.StartPikaAsync(broker, Count, directory, options: options);
        await using var node = await ForeignPublisher.StartAmqplibAsync(amqplib, broker, Count, directory, options: options);
        await pika.EndedAsync();
        await node.EndedAsync();

        await archive.AcknowledgedAsync(2 * Count);
        (await archive.StopAsync()).ShouldBe(0, archive.Output);

        var files = await ArchivedFiles.ReadAsync(directory["messages"]);
        files.Faults.ShouldBeEmpty();
        files.Count.ShouldBe(2 * Count);
        files.Missing(pika.Name, Enumerable.Range(1, Count)).ShouldBeEmpty();
        files.Missing(node.Name, Enumerable.Range(1, Count)).ShouldBeEmpty();
    }
}
