using System.Globalization;
using Monarch.Testing;
using Shouldly;

namespace Monarch.IntegrationTests.Archive;

/// <summary>A program that publishes events with a foreign client library, and records the confirmed ones.</summary>
sealed class ForeignPublisher : IAsyncDisposable
{
    readonly ChildProcess _process;
    readonly string _confirmed;

    ForeignPublisher(string name, ChildProcess process, string confirmed) => (Name, _process, _confirmed) = (name, process, confirmed);

    /// <summary>The prefix of its message ids, which its events contain too.</summary>
    public string Name { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its output.</summary>
    public string Output => _process.Output;

    /// <summary>The numbers of the messages that the broker has confirmed so far.</summary>
    public IReadOnlyList<int> Confirmed =>
        File.Exists(_confirmed) ? [.. WholeLines().Select(x => int.Parse(x, CultureInfo.InvariantCulture))] : [];

    /// <summary>Begins to publish with Debian's pika.</summary>
    /// <param name="broker">The address of the broker, with the virtual host.</param>
    /// <param name="count">How many events.</param>
    /// <param name="folder">The folder for the records of confirmed messages.</param>
    /// <param name="name">The prefix of its message ids.</param>
    /// <param name="options">Further options of the script.</param>
    public static async Task<ForeignPublisher> StartPikaAsync(
        Uri broker,
        int count,
        TemporaryDirectory folder,
        string name = "pika",
        params IEnumerable<string> options
    )
    {
        var confirmed = folder[$"{name}.confirmed"];
        return new(
            name,
            await DebianPython.StartAsync(
                "pika",
                ArchivedFiles.Script("publishers", "publish.py"),
                [.. Arguments(broker, count, name, confirmed), .. options]
            ),
            confirmed
        );
    }

    /// <summary>The same with amqplib.</summary>
    public static async Task<ForeignPublisher> StartAmqplibAsync(
        NpmFolder amqplib,
        Uri broker,
        int count,
        TemporaryDirectory folder,
        string name = "amqplib",
        params IEnumerable<string> options
    )
    {
        var confirmed = folder[$"{name}.confirmed"];
        return new(
            name,
            await ChildProcess.StartAsync("node", [amqplib["publish.js"], .. Arguments(broker, count, name, confirmed), .. options]),
            confirmed
        );
    }

    /// <summary>Waits until everything is confirmed.</summary>
    public async Task EndedAsync() => (await _process.WaitForExitAsync()).ShouldBe(0, _process.Output);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    static string[] Arguments(Uri broker, int count, string name, string confirmed) =>
        [
            "--url",
            broker.OriginalString.EndsWith('/') ? $"{broker}%2F" : broker.OriginalString,
            "--exchange",
            "expenses_exchange",
            "--count",
            $"{count}",
            "--name",
            name,
            "--confirmed",
            confirmed,
        ];

    // The last line may be half written.
    string[] WholeLines()
    {
        using var reader = new StreamReader(new FileStream(_confirmed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
