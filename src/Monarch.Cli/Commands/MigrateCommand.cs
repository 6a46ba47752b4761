using System.CommandLine;
using Monarch.Cli.Hosts;

namespace Monarch.Cli.Commands;

/// <summary>Runs one migration in this process.</summary>
static class MigrateCommand
{
    public static Command Create()
    {
        var wait = new Option<bool>("--wait")
        {
            Description =
                "Wait out delays of more than a minute (GitHub's limits, an outage) instead of stopping; "
                + "issues already copied are skipped either way",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show what would be created, changed and refused, and how long it takes; change nothing at GitHub",
        };
        var command = new Command("migrate", "Run one migration in this process, with GH_PAT; exit code 0 only when all was copied");
        RequestArguments.AddTo(command);
        command.Add(wait);
        command.Add(dryRun);
        command.SetAction(
            (result, cancellationToken) =>
                RequestArguments.RunAsync(
                    result,
                    request =>
                        result.GetValue(dryRun)
                            ? InProcessDryRun.RunAsync(MonarchHosts.Private(), request, result.GetValue(wait), cancellationToken)
                            : InProcessRun.RunAsync(
                                MonarchHosts.Private(),
                                request,
                                result.GetValue(wait),
                                keepRunning: false,
                                cancellationToken
                            )
                )
        );
        return command;
    }
}
