using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Testing;

namespace Monarch.Benchmarks;

/// <summary>What logs, metrics and traces cost: the same hosts with everything on and with everything off.</summary>
static class ObserveBenchmark
{
    const double Least = 0.95;
    const double LeastWithoutStore = 0.97;
    const string Defaults = "logs and metrics (the defaults)";
    const string Everything = "logs, metrics and traces";
    const string Verbose = "all log levels, a Redis for logs";
    const string WithoutStore = "all log levels, that Redis away";

    static readonly Dictionary<string, string> Off = new(Unlimited.Settings)
    {
        ["MONARCH_LOG_LEVEL"] = "None",
        ["MONARCH_LOG_STORE"] = "off",
        ["OTEL_SDK_DISABLED"] = "true",
    };

    static readonly RaceOptions Options = new(targets: 40, issues: 200, latency: 0);

    public static Command Create()
    {
        var command = new Command("observe", "Rate with logs, metrics and traces, against that with everything off");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        await using var collector = await TelemetrySink.StartAsync();
        var traced = new Dictionary<string, string>(Unlimited.Settings)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{collector.Url}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await using var logs = await RedisServer.StartAsync();
        var race = Options.Read(options);
        var results = await race.RunAsync(
            [
                async sandbox => await SeparateHosts.StartAsync(sandbox, race.Workers, Off, "same hosts, everything off"),
                async sandbox => await SeparateHosts.StartAsync(sandbox, race.Workers, Unlimited.Settings, Defaults),
                async sandbox => await SeparateHosts.StartAsync(sandbox, race.Workers, traced, Everything),
                async sandbox => await SeparateHosts.StartAsync(sandbox, race.Workers, Chatty(logs.Port), Verbose),
                async sandbox => await SeparateHosts.StartAsync(sandbox, race.Workers, Chatty(FreePort.Next()), WithoutStore),
            ],
            cancellationToken
        );
        var verbose = results.Single(result => result.Contender == Verbose);
        RaceReport.Write(machine, race, results, result => Bar(result, verbose));
    }

    static Dictionary<string, string> Chatty(int redis) =>
        new(Unlimited.Settings) { ["MONARCH_LOG_LEVEL"] = "Trace", ["MONARCH_LOG_REDIS"] = $"redis://127.0.0.1:{redis}" };

    static (string Bar, bool Met)? Bar(RaceResult result, RaceResult verbose) =>
        result.Contender switch
        {
            Defaults or Everything => ($"≥ {Report.Number(Least, "0.00")}", result.Share >= Least),
            WithoutStore => (
                $"≥ {Report.Number(LeastWithoutStore, "0.00")} of the one above",
                result.Trials.Zip(verbose.Trials, (its, of) => its.Rate / of.Rate).Median() >= LeastWithoutStore
            ),
            _ => null,
        };
}
