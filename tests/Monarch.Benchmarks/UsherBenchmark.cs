using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Testing;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>
/// How many moves of issues Usher accepts over HTTP, beside an endpoint that only appends them to a stream in the same Redis.
/// </summary>
static class UsherBenchmark
{
    const double Least = 0.5;
    const int Connections = 16;
    const int Projects = 12;
    static readonly string[] Statuses = ["stage", "test", "beta"];

    static readonly Option<int> Runs = NumberOption.Create("--runs", "Measured runs of each", 5);
    static readonly Option<int> Seconds = NumberOption.Create("--seconds", "Length of a run", 3);

    public static Command Create()
    {
        var command = new Command("usher", "Moves of issues accepted over HTTP, beside a bare endpoint that appends to the same Redis")
        {
            Runs,
            Seconds,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (runs, length) = (options.GetValue(Runs), TimeSpan.FromSeconds(options.GetValue(Seconds)));
        List<double> bare = [],
            usher = [];
        IReadOnlyList<TimeSpan> answers = [];
        var pace = 0.0;
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using var redis = await RedisServer.StartAsync(
                        new() { AppendOnly = true, Arguments = ["--appendfsync", "everysec"] }
                    );
                    var (barePort, usherPort) = (FreePort.Next(), FreePort.Next());
                    await using var endpoint = await ChildProcess.StartAsync(
                        "dotnet",
                        [typeof(UsherBenchmark).Assembly.Location, BareIntake.Name, $"{barePort}", $"{redis.Port}"]
                    );
                    await using var monarch = await MonarchProcess.StartAsync(
                        ["usher"],
                        new Dictionary<string, string>
                        {
                            ["VALKEY_HOST"] = "127.0.0.1",
                            ["VALKEY_PORT"] = $"{redis.Port}",
                            ["PROMETHEUS_PORT"] = $"{FreePort.Next()}",
                            ["USHER_PORT"] = $"{usherPort}",
                            ["USHER_PROJECTS"] = string.Join(',', Enumerable.Range(0, Projects).Select(Project)),
                            // Nothing is deployed while it is measured.
                            ["USHER_QUIET"] = "3600",
                            ["USHER_MAX_WAIT"] = "3600",
                        }
                    );
                    using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
                    var (bareUrl, usherUrl) = (
                        new Uri($"http://127.0.0.1:{barePort}/messages/"),
                        new Uri($"http://127.0.0.1:{usherPort}/messages/")
                    );
                    await Until.TrueAsync(
                        async () => await AcceptsAsync(http, bareUrl) && await AcceptsAsync(http, usherUrl),
                        "both accept moves",
                        state: () => monarch.Output + endpoint.Output
                    );

                    // The first run warms up and does not count.
                    for (var run = 0; run <= runs; run++)
                    {
                        status.Status(run == 0 ? "Warming up" : string.Create(CultureInfo.InvariantCulture, $"Run {run} of {runs}"));
                        var (of, its) = (
                            await RateAsync(http, bareUrl, length, cancellationToken),
                            await RateAsync(http, usherUrl, length, cancellationToken)
                        );
                        if (run > 0)
                        {
                            bare.Add(of);
                            usher.Add(its);
                        }
                    }

                    status.Status("Measuring answers at half the rate");
                    pace = usher.Median() / 2;
                    answers = await AnswersAsync(http, usherUrl, pace, length, cancellationToken);
                }
            );

        var share = usher.Zip(bare, (its, of) => its / of).Median();
        var report = new Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Moves accepted over {Connections} connections, one after the other on each, median of {runs} runs of {length.TotalSeconds:0} s in turns"
            ),
            "Contender",
            "moves/s",
            "of the bare endpoint",
            "bar",
            "met"
        );
        report.Add("bare endpoint", Report.Number(bare.Median(), "0"), "1.000", "", "");
        report.Add(
            "monarch usher",
            Report.Number(usher.Median(), "0"),
            Report.Number(share, "0.000"),
            $"≥ {Report.Number(Least, "0.0")}",
            Report.Met(share >= Least)
        );
        report.Write(machine);

        var times = new Report(
            string.Create(CultureInfo.InvariantCulture, $"Answers of monarch usher at half that rate, {pace:0} moves/s, in ms"),
            "",
            "p50",
            "p99",
            "max"
        );
        times.Add([
            "from the time at which a move is due to its answer",
            .. new[] { 0.5, 0.99, 1 }.Select(part => Report.Milliseconds(answers.Percentile(part))),
        ]);
        times.Write("");
    }

    static async Task<bool> AcceptsAsync(HttpClient http, Uri url)
    {
        try
        {
            return await PostAsync(http, url, 1, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static async Task<double> RateAsync(HttpClient http, Uri url, TimeSpan length, CancellationToken cancellationToken)
    {
        var (began, next, accepted) = (TimeProvider.System.GetTimestamp(), 0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    while (TimeProvider.System.GetElapsedTime(began) < length)
                    {
                        if (!await PostAsync(http, url, Interlocked.Increment(ref next), cancellationToken))
                        {
                            throw new InvalidOperationException($"{url} refused a move.");
                        }

                        Interlocked.Increment(ref accepted);
                    }
                })
        );
        return accepted / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    // From the time at which a move is due: one that is sent late, because the answers before it were slow, waits too.
    static async Task<IReadOnlyList<TimeSpan>> AnswersAsync(
        HttpClient http,
        Uri url,
        double pace,
        TimeSpan length,
        CancellationToken cancellationToken
    )
    {
        var moves = (int)(pace * length.TotalSeconds);
        var answers = new TimeSpan[moves];
        var (began, next) = (TimeProvider.System.GetTimestamp(), -1);
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    for (var move = Interlocked.Increment(ref next); move < moves; move = Interlocked.Increment(ref next))
                    {
                        var due = TimeSpan.FromSeconds(move / pace);
                        while (due - TimeProvider.System.GetElapsedTime(began) is { Ticks: > 0 } left)
                        {
                            await Task.Delay(
                                left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1),
                                TimeProvider.System,
                                cancellationToken
                            );
                        }

                        await PostAsync(http, url, move, cancellationToken);
                        answers[move] = TimeProvider.System.GetElapsedTime(began) - due;
                    }
                })
        );
        return answers;
    }

    static async Task<bool> PostAsync(HttpClient http, Uri url, int move, CancellationToken cancellationToken)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"issue_id\":\"{Project(move % Projects)}-{1 + (move / Projects % 100)}\",\"status\":\"{Statuses[move % Statuses.Length]}\"}}"
        );
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(url, content, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Created;
    }

    static string Project(int number) => $"P{(char)('A' + number)}";
}
