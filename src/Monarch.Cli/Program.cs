using System.CommandLine;
using Monarch.Cli.Commands;
using Monarch.Cli.Display;
using Monarch.Hosting;
using Monarch.Workers.Deployments.Running.Supervision;

// Before anything else is loaded, and on the main thread: see Supervisor.
return args is [Supervisor.Command, .. var supervised] ? Supervisor.Run(supervised) : await RunAsync(args);

static async Task<int> RunAsync(string[] args)
{
    Output.Open();
    var root = new RootCommand("Monarch copies the issues of a template GitHub repository into every team's repository.")
    {
        DemoCommand.Create(),
        MigrateCommand.Create(),
        PublishCommand.Create(),
        StatusCommand.Create(),
        InterventionCommands.Cancel(),
        InterventionCommands.Pause(),
        InterventionCommands.Resume(),
        InterventionCommands.Retry(),
        HostCommands.Serve(),
        HostCommands.Bridge(),
        HostCommands.Workers(),
        UsherCommand.Create(),
        ArchiveCommand.Create(),
        LogsCommand.Create(),
        HealthCommand.Create(),
        SandboxCommand.Create(),
    };

    var command = root.Parse(args);
    var exitCode = await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

    // 1 would be "not everything was copied".
    return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
}
