using System.Globalization;
using Monarch.Testing;
using Monarch.Testing.Amqp;
using Monarch.Testing.Proxies;
using Monarch.Workers.Archive.Events;
using RabbitMQ.Client;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>
/// Foreign programs publish with confirms while two archives on one folder and the broker are killed repeatedly. The plan depends on
/// progress, not on time: each kill follows after a number of acknowledgements.
/// </summary>
sealed class KillingRound : IAsyncDisposable
{
    /// <summary>Every so many messages one has no id.</summary>
    public const int WithoutId = 5;

    const string Queue = "archive";

    // Messages that are published in one burst.
    const int Wave = 1_500;

    const int WavesForBrokerKill = 4;

    readonly TemporaryDirectory _directory = new();
    readonly AmqpRecord _record = new();
    readonly RabbitMqServer _broker;
    readonly TcpProxy _proxy;
    readonly ArchiveReplica[] _replicas;
    readonly Random _random;
    readonly List<(string Publisher, IReadOnlyList<int> Numbers)> _confirmed = [];
    volatile bool _isOver;

    KillingRound(RabbitMqServer broker, ArchiveProgram program, int seed)
    {
        _broker = broker;
        _proxy = _record.ProxyTo(broker.Port);
        _random = new(seed);
        Directory.CreateDirectory(_directory["empty"]);
        var settings = new Dictionary<string, string>
        {
            ["RABBITMQ_URL"] = $"amqp://guest:guest@127.0.0.1:{_proxy.Port}/",
            ["RABBITMQ_VHOST"] = "/",
            ["OUTPUT_FOLDER"] = Folder,
            ["ARCHIVE_TIME"] = "utc",
        };
        _replicas = [new(program, settings, _directory["empty"]), new(program, settings, _directory["empty"])];
    }

    /// <summary>How often an archive was killed.</summary>
    public int ArchiveKills { get; private set; }

    /// <summary>How often the broker was killed.</summary>
    public int BrokerKills { get; private set; }

    /// <summary>How many messages were delivered again.</summary>
    public int Redeliveries => _record.Redeliveries;

    /// <summary>
    /// How many of them, with an id, had a file already: the archive was killed between file and acknowledgement, or lost its connection
    /// there.
    /// </summary>
    public int Recognised { get; private set; }

    /// <summary>The problems at the end.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    string Folder => _directory["messages"];

    /// <summary>Plays a round.</summary>
    /// <param name="program">The archive's program.</param>
    /// <param name="amqplib">The second publisher; null leaves everything to pika.</param>
    /// <param name="count">How many messages.</param>
    /// <param name="kills">How many kills of archives about; the broker's come on top.</param>
    /// <param name="seed">Makes the plan.</param>
    public static async Task<KillingRound> PlayAsync(ArchiveProgram program, NpmFolder? amqplib, int count, int kills, int seed)
    {
        var round = new KillingRound(await RabbitMqServer.StartAsync(), program, seed);
        try
        {
            await round.PlayAsync(amqplib, count, kills);
            return round;
        }
        catch
        {
            await round.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await _proxy.DisposeAsync();
        await _broker.DisposeAsync();
        _directory.Dispose();
    }

    async Task PlayAsync(NpmFolder? amqplib, int count, int kills)
    {
        await Task.WhenAll(_replicas.Select(x => x.StartAsync()));
        await ConsumingAsync(_replicas.Length);
        var killing = KillArchivesAsync(count, kills);
        try
        {
            for (var wave = 0; wave * Wave < count; wave++)
            {
                // There is always something to do, and something being published.
                await Until.TrueAsync(
                    () => killing.IsFaulted || HasReached((wave - 1) * Wave),
                    $"wave {wave - 1} is acknowledged",
                    state: Output
                );
                await PublishAsync(amqplib, wave, Math.Min(Wave, count - (wave * Wave)));
            }
        }
        catch
        {
            _isOver = true;
            await Task.WhenAny(killing);
            throw;
        }

        await killing;
        await ConsumingAsync(_replicas.Length);
        // A message without an id whose acknowledgement was lost is counted twice; messages that are still ready are detected after the
        // archives have stopped.
        await Until.TrueAsync(async () => _record.Messages >= count && await ReadyAsync() == 0, "the queue is empty", state: Output);
        await CheckAsync();
    }

    async Task PublishAsync(NpmFolder? amqplib, int wave, int count)
    {
        string[] options = ["--size", "600", "--without-id", $"{WithoutId}", "--without-type", "3"];
        var half = amqplib is null ? count : count / 2;
        await using var pika = await ForeignPublisher.StartPikaAsync(_broker.AmqpUri, half, _directory, $"pika.{wave}", options);
        await using var second = amqplib is null
            ? null
            : await ForeignPublisher.StartAmqplibAsync(amqplib, _broker.AmqpUri, count - half, _directory, $"amqplib.{wave}", options);
        if (wave % WavesForBrokerKill == WavesForBrokerKill / 2)
        {
            await Until.TrueAsync(
                () => pika.HasEnded || pika.Confirmed.Count >= half / 4,
                "a quarter is confirmed",
                state: () => pika.Output
            );
            await _broker.KillAsync();
            BrokerKills++;
            await _broker.RestartAsync();
        }

        foreach (var publisher in new[] { pika, second }.OfType<ForeignPublisher>())
        {
            await publisher.EndedAsync();
            _confirmed.Add((publisher.Name, publisher.Confirmed));
        }
    }

    // No kill in the last tenth, so that messages are in flight at every kill.
    async Task KillArchivesAsync(int count, int kills)
    {
        var busy = new Task[_replicas.Length];
        Array.Fill(busy, Task.CompletedTask);
        foreach (
            var (at, victim) in Enumerable
                .Range(0, kills)
                .Select(_ => (At: _random.Next(count / 20, count * 9 / 10), Victim: _random.Next(_replicas.Length)))
                .OrderBy(x => x.At)
                .ToList()
        )
        {
            await Until.TrueAsync(() => HasReached(at), $"{at} messages are acknowledged", state: Output);
            await busy[victim];
            await _replicas[victim].KillAsync();
            ArchiveKills++;
            busy[victim] = _replicas[victim].StartAsync();
        }

        await Task.WhenAll(busy);
    }

    async Task CheckAsync()
    {
        List<string> faults = [];
        var others = (await _broker.Management.QueueDepthsAsync()).Where(x => x.Key != Queue && x.Value > 0);
        faults.AddRange(others.Select(x => $"{x.Value} messages in {x.Key}"));
        if (Directory.Exists(Path.Combine(Folder, "rejected")))
        {
            faults.AddRange(Directory.EnumerateFiles(Path.Combine(Folder, "rejected")).Select(x => $"{x} was rejected"));
        }

        var living = Directory.GetDirectories(Path.Combine(Folder, ".tmp")).Length;
        if (living > _replicas.Length)
        {
            faults.Add($"{living} folders in .tmp, of {_replicas.Length} processes");
        }

        foreach (var replica in _replicas)
        {
            if (await replica.StopAsync() is not 0 and var code)
            {
                faults.Add($"an archive ended with {code}: {replica.Output}");
            }
        }

        faults.AddRange(
            Directory
                .EnumerateFiles(Path.Combine(Folder, ".tmp"), "*", SearchOption.AllDirectories)
                .Where(x => Path.GetFileName(x) != "lock")
                .Select(x => $"{x} was left")
        );
        if (await ReadyAsync() is > 0 and var ready)
        {
            faults.Add($"{ready} messages are still in the queue");
        }

        var archive = await ArchivedFiles.ReadAsync(Folder);
        faults.AddRange(archive.Faults);
        foreach (var (publisher, numbers) in _confirmed)
        {
            faults.AddRange(archive.Missing(publisher, numbers, WithoutId));
        }

        Recognised = CountRecognised(archive);
        Faults = faults;
    }

    // The file of such a message is older than the delivery that was acknowledged.
    int CountRecognised(ArchivedFiles archive) =>
        _record.Acknowledged.Count(x =>
            x.IsRedelivered
            && x.MessageId?.Split('-') is [var publisher, var number]
            && archive.Of(publisher, int.Parse(number, CultureInfo.InvariantCulture)) is [var path]
            && EventFileName.TryParse(Path.GetFileName(path), EventFileName.EventSuffix, out var name)
            && name.Time.AddMilliseconds(1) < x.At.UtcDateTime
        );

    Task ConsumingAsync(int count) =>
        Until.TrueAsync(
            async () => (await _broker.Management.ConsumersAsync()).GetValueOrDefault(Queue) == count,
            $"{count} archives consume",
            state: Output
        );

    // RabbitMQ's management has figures of a quorum queue that may be five seconds old.
    async Task<long> ReadyAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _broker.AmqpUri }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        return await channel.MessageCountAsync(Queue, Token);
    }

    bool HasReached(int count) =>
        !_isOver && !_replicas.Any(x => x.HasFailed)
            ? _record.Count >= count
            : throw new InvalidOperationException($"An archive ended by itself. {Output()}");

    string Output() => $"{_record.Count} acknowledged.\n{string.Join('\n', _replicas.Select(x => x.Output))}";
}
