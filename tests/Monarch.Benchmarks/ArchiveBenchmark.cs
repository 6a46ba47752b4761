using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Testing;
using Monarch.Workers.Archive.Filing.Files;
using RabbitMQ.Client;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>
/// How fast events become durable files, beside the same program that makes nothing durable, and a consumer that does as the message
/// processor did.
/// </summary>
static partial class ArchiveBenchmark
{
    const double Least = 0.7;
    const string Exchange = "bench_events";
    const string Queue = "archive";

    // How much is allocated between two garbage collections, as the entry script and docker-compose.yml set it for the archive.
    const string YoungBytes = "0x2000000";

    static readonly Option<int> Runs = NumberOption.Create("--runs", "Measured runs of each", 3);
    static readonly Option<int> Events = NumberOption.Create("--events", "Events of a run", 20_000);

    // 1 KB in all.
    static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"action":"created","entity":"expense","data":"{{new string('x', 900)}}","timestamp":"2024-12-01T14:30:22Z"}"""
    );

    public static Command Create()
    {
        var command = new Command("archive", "Events of 1 KB that become durable files, beside the bare system calls") { Runs, Events };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (runs, events) = (options.GetValue(Runs), options.GetValue(Events));
        // Deleted when all is measured and printed: ext4 without a journal is slow to create files for a while after many were deleted.
        using var folders = new TemporaryDirectory();
        List<(string Name, Func<RabbitMqServer, string, Task<double>> Measure)> contenders =
        [
            ("bare loop of the same system calls", (_, folder) => Task.FromResult(BareFiling.Rate(folder, events, Body))),
            ("monarch archive", (broker, folder) => DrainAsync(broker, folder, events, replicas: 1, sync: true)),
            (
                "monarch archive, .NET's own GC budget",
                (broker, folder) => DrainAsync(broker, folder, events, replicas: 1, sync: true, youngBytes: null)
            ),
            ("monarch archive, 2 replicas", (broker, folder) => DrainAsync(broker, folder, events, replicas: 2, sync: true)),
            ("monarch archive, nothing made durable", (broker, folder) => DrainAsync(broker, folder, events, replicas: 1, sync: false)),
            ("pika consumer, nothing made durable", (broker, folder) => PikaAsync(broker, folder, events)),
            ("bare loop, each file made durable alone", (_, folder) => Task.FromResult(BareFiling.SyncRate(folder, events / 10, Body))),
        ];
        var rates = contenders.ToDictionary(x => x.Name, _ => new List<double>());
        IReadOnlyList<TimeSpan> waits = [];
        var pace = 0.0;
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting RabbitMQ",
                async status =>
                {
                    await using var broker = await RabbitMqServer.StartAsync();
                    for (var run = 0; run <= runs; run++)
                    {
                        foreach (var (name, measure) in contenders)
                        {
                            status.Status(
                                run == 0
                                    ? $"Warming up: {name}"
                                    : string.Create(CultureInfo.InvariantCulture, $"Run {run} of {runs}: {name}")
                            );
                            var rate = await measure(broker, NewFolder(folders));
                            if (run > 0)
                            {
                                rates[name].Add(rate);
                            }
                        }
                    }

                    pace = rates["monarch archive"].Median() / 2;
                    status.Status("Measuring the time to a durable file at half the rate");
                    waits = await WaitsAsync(broker, NewFolder(folders), pace, cancellationToken);
                }
            );

        var bare = rates[contenders[0].Name];
        var report = new Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{events} events of {Body.Length} bytes with message ids in a quorum queue, median of {runs} runs in turns"
            ),
            "Contender",
            "files/s",
            "of the bare loop",
            "bar",
            "met"
        );
        foreach (var (name, measured) in rates)
        {
            var share = measured.Zip(bare, (its, of) => its / of).Median();
            var isBarred =
                name.StartsWith("monarch archive", StringComparison.Ordinal)
                && !name.Contains("nothing", StringComparison.Ordinal)
                && !name.Contains("GC", StringComparison.Ordinal);
            report.Add(
                name,
                Report.Number(measured.Median(), "0"),
                Report.Number(share, "0.000"),
                isBarred ? $"≥ {Report.Number(Least, "0.0")}" : "",
                isBarred ? Report.Met(share >= Least) : ""
            );
        }

        report.Write(machine);
        var times = new Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From publication to durable file at half the rate of one replica, {pace:0} events/s, in ms"
            ),
            "",
            "p50",
            "p99",
            "max"
        );
        times.Add([
            "from the time at which an event is due to its durable file",
            .. new[] { 0.5, 0.99, 1 }.Select(part => Report.Milliseconds(waits.Percentile(part))),
        ]);
        times.Write("");
    }

    // What the contender before has left to be written must not be made durable by this one.
    static string NewFolder(TemporaryDirectory folders)
    {
        var folder = Directory.CreateDirectory(folders[$"{Guid.NewGuid():N}"]).FullName;
        using var files = new LinuxFiles(folder);
        files.SyncAll();
        return folder;
    }

    // The queue is full before the archive starts, so that publishing takes nothing from it.
    static async Task<double> DrainAsync(
        RabbitMqServer broker,
        string folder,
        int events,
        int replicas,
        bool sync,
        string? youngBytes = YoungBytes
    )
    {
        await using var channel = await PrepareAsync(broker, classic: false);
        for (var number = 0; number < events; number++)
        {
            await PublishAsync(channel, number);
        }

        List<ChildProcess> processes = [];
        try
        {
            for (var replica = 0; replica < replicas; replica++)
            {
                processes.Add(await ArchiveAsync(broker, folder, sync, youngBytes));
            }

            return await RateAsync(channel, folder, events, () => string.Concat(processes.Select(x => x.Output)));
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    static async Task<double> PikaAsync(RabbitMqServer broker, string folder, int events)
    {
        await using var channel = await PrepareAsync(broker, classic: true);
        for (var number = 0; number < events; number++)
        {
            await PublishAsync(channel, number);
        }

        var script = Path.Combine(AppContext.BaseDirectory, "Contenders", "pika_consumer.py");
        await using var process = await ChildProcess.StartAsync("/usr/bin/python3", [script, $"{broker.AmqpUri}", Queue, folder]);
        return await RateAsync(channel, folder, events, () => process.Output);
    }

    // From a tenth to all of the files: the start of the process does not count. Counting files takes a good part of a core, and is seldom
    // done.
    static async Task<double> RateAsync(IChannel channel, string folder, int events, Func<string> state)
    {
        await Until.TrueAsync(async () => await channel.MessageCountAsync(Queue) < events * 0.9, "events are consumed", state: state);
        var (first, began) = (Count(folder), TimeProvider.System.GetTimestamp());
        await Until.TrueAsync(async () => await channel.MessageCountAsync(Queue) == 0, "all events are consumed", state: state);
        await Until.TrueAsync(() => Count(folder) == events, "all events are files", state: state);
        return (events - first) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    static int Count(string folder) => Directory.EnumerateFiles(folder, "*.json").Count();

    static async Task<IReadOnlyList<TimeSpan>> WaitsAsync(
        RabbitMqServer broker,
        string folder,
        double pace,
        CancellationToken cancellationToken
    )
    {
        var count = (int)(pace * 5);
        await using var channel = await PrepareAsync(broker, classic: false);
        await using var archive = await ArchiveAsync(broker, folder, sync: true);
        var work = Path.Combine(folder, ".tmp");
        await PublishAsync(channel, 0);
        await Until.TrueAsync(() => Count(folder) == 1, "the archive files", state: () => archive.Output);

        // An event's temporary file is deleted when its file is durable.
        var durable = new ConcurrentDictionary<int, long>();
        using var watcher = new FileSystemWatcher(work)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 1 << 16,
            NotifyFilter = NotifyFilters.FileName,
        };
        watcher.Deleted += (_, deleted) =>
        {
            if (Numbered().Match(deleted.Name ?? "") is { Success: true } match)
            {
                durable[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)] = TimeProvider.System.GetTimestamp();
            }
        };
        watcher.EnableRaisingEvents = true;
        var began = TimeProvider.System.GetTimestamp();
        for (var number = 1; number <= count; number++)
        {
            while (TimeSpan.FromSeconds(number / pace) - TimeProvider.System.GetElapsedTime(began) is { Ticks: > 0 } left)
            {
                await Task.Delay(
                    left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1),
                    TimeProvider.System,
                    cancellationToken
                );
            }

            await PublishAsync(channel, number);
        }

        await Until.TrueAsync(() => durable.Count >= count, "all are durable", state: () => archive.Output);
        // The program is compiled while it runs: the first two of the five seconds do not count.
        return
        [
            .. durable
                .Where(x => x.Key > count * 2 / 5)
                .Select(x => TimeProvider.System.GetElapsedTime(began, x.Value) - TimeSpan.FromSeconds(x.Key / pace)),
        ];
    }

    static async Task<IChannel> PrepareAsync(RabbitMqServer broker, bool classic)
    {
        var connection = await new ConnectionFactory { Uri = broker.AmqpUri }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeleteAsync(Queue);
        await channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            classic ? null : new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = int.MaxValue }
        );
        await channel.QueueBindAsync(Queue, Exchange, "expense.*");
        return channel;
    }

    static ValueTask PublishAsync(IChannel channel, int number) =>
        channel.BasicPublishAsync(
            Exchange,
            string.Create(CultureInfo.InvariantCulture, $"expense.n{number}"),
            mandatory: false,
            new BasicProperties
            {
                MessageId = string.Create(CultureInfo.InvariantCulture, $"bench-{number}"),
                DeliveryMode = DeliveryModes.Persistent,
            },
            Body
        );

    static Task<ChildProcess> ArchiveAsync(RabbitMqServer broker, string folder, bool sync, string? youngBytes = YoungBytes)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "monarch.dll");
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
            ["RABBITMQ_URL"] = $"{broker.AmqpUri}",
            ["RABBITMQ_EXCHANGE"] = Exchange,
            ["OUTPUT_FOLDER"] = folder,
            ["PROMETHEUS_PORT"] = $"{FreePort.Next()}",
        };
        if (youngBytes is not null)
        {
            environment["DOTNET_GCgen0size"] = youngBytes;
        }

        return ChildProcess.StartAsync(
            "dotnet",
            [.. sync ? [] : (IEnumerable<string>)["exec", "--runtimeconfig", WithoutSync()], program, "archive"],
            environment,
            folder
        );
    }

    // The program's own options, and the one that makes nothing durable.
    static string WithoutSync()
    {
        var path = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"monarch-bench-{Environment.ProcessId}.runtimeconfig.json")
        );
        var own = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "monarch.runtimeconfig.json"));
        File.WriteAllText(
            path,
            own.Replace(
                "\"configProperties\": {",
                "\"configProperties\": {\n      \"Monarch.Archive.WithoutSync\": true,",
                StringComparison.Ordinal
            )
        );
        return path;
    }

    [GeneratedRegex(@"_expense\.n(\d+)\.json\z")]
    private static partial Regex Numbered();
}
