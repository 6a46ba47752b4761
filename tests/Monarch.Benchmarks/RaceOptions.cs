using System.CommandLine;
using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks;

/// <summary>The options of a benchmark that is a race.</summary>
/// <param name="targets">The standard of <c>--targets</c>.</param>
/// <param name="issues">The standard of <c>--issues</c>.</param>
/// <param name="latency">The standard of <c>--latency</c>, in milliseconds.</param>
sealed class RaceOptions(int targets, int issues, int latency)
{
    readonly Option<int> _runs = NumberOption.Create("--runs", "Runs of each contender, in turns", 5);
    readonly Option<int> _targets = NumberOption.Create("--targets", "Targets of each run, all of them fresh", targets);
    readonly Option<int> _issues = NumberOption.Create("--issues", "Issues of the template", issues, least: 2);
    readonly Option<int> _latency = NumberOption.Create(
        "--latency",
        "Milliseconds that every answer of the sandbox takes",
        latency,
        least: 0
    );
    readonly Option<int> _workers = NumberOption.Workers();

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _runs, _targets, _issues, _latency, _workers })
        {
            command.Options.Add(option);
        }
    }

    public Race Read(ParseResult options) =>
        new(
            options.GetValue(_runs),
            options.GetValue(_targets),
            options.GetValue(_issues),
            TimeSpan.FromMilliseconds(options.GetValue(_latency)),
            options.GetValue(_workers)
        );
}
