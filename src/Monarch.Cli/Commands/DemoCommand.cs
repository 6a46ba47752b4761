using System.CommandLine;
using System.Globalization;
using Monarch.Cli.Display;
using Monarch.Cli.Hosts;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Runs a migration against the sandbox, with no server and no token.</summary>
static class DemoCommand
{
    const string Source = "nss-group-projects/cider-falls";
    const string Channel = "C06GHMZB3M3";
    const int Teams = 6;
    const int Issues = 30;
    const int PullRequests = 4;
    const int LatencyMilliseconds = 8;

    // GitHub's limits, forty times as fast.
    const double MinuteSeconds = 1.5;
    const double HourSeconds = 60 * MinuteSeconds;
    const double WriteGapSeconds = MinuteSeconds / 60;

    public static Command Create()
    {
        var serve = new Option<bool>("--serve") { Description = "Keep running with the API when the migration has ended" };
        var port = new Option<int>("--port") { Description = "Port of the API; 0 takes a free one" };
        var command = new Command("demo", "Copy a template into six teams of a simulated GitHub: no server, no token") { serve, port };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(serve), result.GetValue(port), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(bool serve, int port, CancellationToken cancellationToken)
    {
        var teams = Enumerable
            .Range(1, Teams)
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"cohort-71/team-{n}-cider-falls"))
            .ToList();
        await using var sandbox = await SandboxServer.StartAsync(Sandbox(teams), TimeProvider.System, cancellationToken);
        var settings = MonarchHosts.Private();
        settings["GITHUB_API_URL"] = sandbox.GitHubUrl.ToString();
        settings["GH_PAT"] = "sandbox";
        settings["GITHUB_MINUTE"] = Text(MinuteSeconds);
        settings["GITHUB_HOUR"] = Text(HourSeconds);
        settings["GITHUB_WRITE_GAP"] = Text(WriteGapSeconds);
        settings["SLACK_API_URL"] = sandbox.SlackUrl.ToString();
        settings["SLACK_BOT_TOKEN"] = "sandbox";
        settings["MONARCH_ALLOWED_OWNERS"] = "";
        settings["WEB_PORT"] = port.ToString(CultureInfo.InvariantCulture);

        Output.Terminal.MarkupLine(
            $"A simulated GitHub with [bold]{Source}[/]: {Issues} open issues, {PullRequests} pull requests; "
                + $"and {Teams} empty team repositories."
        );
        Output.Terminal.MarkupLine(
            $"It keeps GitHub's limits, but a minute lasts {Text(MinuteSeconds)} seconds: "
                + "Monarch starts slowly and speeds up until it reaches the limits."
        );
        Output.Terminal.MarkupLine("The Learning Platform would publish this message on Redis. Here it is posted to the API:");
        var request = RequestArguments.Json(Source, teams, Channel);
        Console.WriteLine(request);
        Output.Terminal.WriteLine();
        return await InProcessRun.RunAsync(settings, request, wait: true, serve, cancellationToken, ended: () => WriteSlack(sandbox));
    }

    static void WriteSlack(SandboxServer sandbox)
    {
        Output.Terminal.WriteLine();
        Output.Terminal.MarkupLine($"Slack's channel {Channel} shows:");
        foreach (var message in sandbox.SlackMessages())
        {
            var header = message.Edits.Count > 0 ? $"updated {message.Edits.Count} times" : "posted at the end";
            Output.Terminal.Write(new Panel(new Text(message.Text)) { Header = new(header) });
        }
    }

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    static SandboxOptions Sandbox(IReadOnlyList<string> teams)
    {
        var options = new SandboxOptions
        {
            Faults = new() { LatencyMilliseconds = LatencyMilliseconds },
            Limits = SandboxLimits.ForGitHub(MinuteSeconds, HourSeconds),
        };
        options.Repositories.Add(
            new()
            {
                FullName = Source,
                GenerateIssues = Issues,
                GeneratePullRequests = PullRequests,
            }
        );
        foreach (var team in teams)
        {
            options.Repositories.Add(new() { FullName = team });
        }

        return options;
    }
}
