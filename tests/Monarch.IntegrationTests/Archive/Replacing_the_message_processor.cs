using System.Text;
using System.Text.Json.Nodes;
using Monarch.Testing;
using Monarch.Workers.Archive.Events;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>
/// The message processor that the archive replaces: both run with the same environment on the same publications, and produce the same
/// files.
/// </summary>
public sealed class Replacing_the_message_processor(Servers servers)
{
    const string Exchange = "expenses_of_the_test";

    static readonly (string Key, string Body)[] Events =
    [
        (
            "expense.created",
            """
            {"action": "created", "entity": "expense",
            "data": {"id": 1, "amount": 12.5, "tags": ["a", "b"], "note": null}, "timestamp": "2024-12-01T14:30:22Z"}
            """
        ),
        (
            "expense.updated",
            """
            {"action":"updated","entity":"expense","data":{"id":1,"empty":{},"none":[],"yes":true,"no":false},"timestamp":"2024-12-01T14:30:23Z"}
            """
        ),
        (
            "expense.deleted",
            """
            { "action" : "deleted" , "entity" : "expense" , "data" : { "id" : 1 } , "timestamp" : "2024-12-01T14:30:24Z" }
            """
        ),
        ("expense.approved", """[1, 2, [3, {"deep": [[]]}]]"""),
        ("expense.rejected", "\"only a text\""),
        ("expense.exported", "-42"),
    ];

    // Python writes these differently: escaped, or as a float.
    static readonly (string Key, string Body)[] SameInOtherWords =
    [
        ("expense.named", """{"name": "Käse & <Brot> ✓", "path": "a\/b", "quote": "\u0022"}"""),
        ("expense.counted", """{"large": 12345678901234567890, "float": 1.50, "exponent": 2.5e2}"""),
    ];

    [Fact]
    public async Task Should_produce_the_same_files_with_the_same_environment()
    {
        using var directory = new TemporaryDirectory();
        var broker = await servers.RabbitMqAsync();
        var (theirs, ours) = (directory["theirs"], directory["ours"]);
        await using var processor = await DebianPython.StartAsync(
            "pika",
            ArchivedFiles.Script("publishers", "processor.py"),
            [],
            Environment(broker, theirs)
        );
        await Until.TrueAsync(
            () => processor.Output.Contains("waiting", StringComparison.Ordinal) || processor.HasExited,
            "the processor waits"
        );
        Directory.CreateDirectory(directory["empty"]);
        await using var archive = await ArchiveProgram.Monarch.StartAsync(
            new Dictionary<string, string>(Environment(broker, ours)) { ["ARCHIVE_PRETTY"] = "true" },
            directory["empty"]
        );
        var management = await servers.RabbitMqManagementAsync();
        await Until.TrueAsync(
            async () => archive.HasExited || (await management.ConsumersAsync(broker.AbsolutePath[1..])).Count(x => x.Value == 1) == 2,
            "both consume",
            state: () => processor.Output + archive.Output
        );

        await using (var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Token))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Token))
        {
            foreach (var (key, body) in (IEnumerable<(string, string)>)[.. Events, .. SameInOtherWords])
            {
                await channel.BasicPublishAsync(Exchange, key, Encoding.UTF8.GetBytes(body), Token);
            }
        }

        var count = Events.Length + SameInOtherWords.Length;
        await Until.TrueAsync(
            () => Files(theirs).Count == count && Files(ours).Count == count,
            "both have filed",
            state: () => processor.Output + archive.Output
        );
        foreach (var (key, _) in Events)
        {
            (await File.ReadAllTextAsync(Files(ours)[key], Token)).ShouldBe(await File.ReadAllTextAsync(Files(theirs)[key], Token), key);
        }

        foreach (var (key, _) in SameInOtherWords)
        {
            var (one, other) = (
                await File.ReadAllTextAsync(Files(ours)[key], Token),
                await File.ReadAllTextAsync(Files(theirs)[key], Token)
            );
            JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)).ShouldBeTrue($"{one}\n{other}");
        }

        // Neither writes other files into the folder, except hidden ones and those of rejected messages.
        Directory.GetFiles(ours).Length.ShouldBe(count);
    }

    static Dictionary<string, string> Environment(Uri broker, string folder) =>
        new()
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
            ["RABBITMQ_URL"] = $"amqp://guest:guest@{broker.Authority}",
            ["RABBITMQ_VHOST"] = broker.AbsolutePath[1..],
            ["RABBITMQ_EXCHANGE"] = Exchange,
            ["OUTPUT_FOLDER"] = folder,
        };

    // By routing key. A name in another format fails the test.
    static Dictionary<string, string> Files(string folder) =>
        !Directory.Exists(folder)
            ? []
            : Directory
                .GetFiles(folder)
                .ToDictionary(path =>
                    EventFileName.TryParse(Path.GetFileName(path), EventFileName.EventSuffix, out var name)
                        ? name.Key
                        : throw new InvalidOperationException($"{path} has another name.")
                );
}
