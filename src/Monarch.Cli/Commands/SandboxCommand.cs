using System.CommandLine;
using System.Net.Sockets;
using Monarch.Cli.Display;
using Monarch.Sandbox;
using Monarch.Sandbox.Golden;
using Monarch.Sandbox.Model;
using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Runs the simulated GitHub and Slack.</summary>
static class SandboxCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "Where to listen; port 0 takes a free one",
            DefaultValueFactory = _ => "http://127.0.0.1:8090",
        };
        var source = new Option<string?>("--source") { Description = "Seed a template repository, owner/name" };
        var issues = new Option<int>("--issues") { Description = "Its open issues", DefaultValueFactory = _ => 30 };
        var pullRequests = new Option<int>("--pull-requests")
        {
            Description = "Its pull requests, mixed among the issues",
            DefaultValueFactory = _ => 5,
        };
        var golden = new Option<bool>("--golden")
        {
            Description = $"Seed {GoldenTemplate.FullName}, a template with everything that can be copied, and hostile text",
        };
        var targets = new Option<string[]>("--target")
        {
            Description = "Seed an empty team repository, owner/name; may be repeated",
            DefaultValueFactory = _ => [],
        };
        var latency = new Option<int>("--latency") { Description = "Milliseconds that every answer takes" };
        var limits = new Option<bool>("--limits")
        {
            Description = "Enforce GitHub's limits: 80 creations a minute, 500 an hour and the others",
        };
        var minute = new Option<double>("--minute") { Description = "Seconds of a minute of these limits", DefaultValueFactory = _ => 60 };
        var hour = new Option<double>("--hour") { Description = "Seconds of an hour of these limits", DefaultValueFactory = _ => 3600 };
        var command = new Command("sandbox", "Run a simulated GitHub and Slack, with their real rules, in memory")
        {
            url,
            source,
            issues,
            pullRequests,
            golden,
            targets,
            latency,
            limits,
            minute,
            hour,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var options = new SandboxOptions
                {
                    Url = result.GetValue(url)!,
                    Faults = new() { LatencyMilliseconds = result.GetValue(latency) },
                };
                if (result.GetValue(limits))
                {
                    options.Limits = SandboxLimits.ForGitHub(result.GetValue(minute), result.GetValue(hour));
                }

                if (result.GetValue(source) is { } template)
                {
                    options.Repositories.Add(
                        new()
                        {
                            FullName = template,
                            GenerateIssues = result.GetValue(issues),
                            GeneratePullRequests = result.GetValue(pullRequests),
                        }
                    );
                }

                if (result.GetValue(golden))
                {
                    var seed = GoldenTemplate.Create();
                    (options.Organisations, options.Repositories) = (seed.Organisations, [.. seed.Repositories, .. options.Repositories]);
                }

                foreach (var target in result.GetValue(targets)!)
                {
                    options.Repositories.Add(new() { FullName = target });
                }

                return await RunAsync(options, cancellationToken);
            }
        );
        return command;
    }

    static async Task<int> RunAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(options, TimeProvider.System, cancellationToken);
            Output.Terminal.WriteLine($"GITHUB_API_URL={sandbox.GitHubUrl}");
            Output.Terminal.WriteLine($"SLACK_API_URL={sandbox.SlackUrl}");
            Output.Terminal.WriteLine($"Everything that happens: {sandbox.AdminUrl}");
            await Stopping.WaitAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"monarch: the sandbox cannot start: {e.Message}");
            return 1;
        }
    }
}
