using System.CommandLine;
using Monarch.Cli.Commands;
using Monarch.Hosting;

var root = new RootCommand("Monarch copies the issues of a template GitHub repository into every team's repository.")
{
    DemoCommand.Create(),
    MigrateCommand.Create(),
    PublishCommand.Create(),
    InterventionCommands.Cancel(),
    InterventionCommands.Pause(),
    InterventionCommands.Resume(),
    InterventionCommands.Retry(),
    HostCommands.Serve(),
    HostCommands.Bridge(),
    HostCommands.Workers(),
    UsherCommand.Create(),
    HealthCommand.Create(),
    SandboxCommand.Create(),
};

var command = root.Parse(args);
var exitCode = await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

// 1 would be "not everything was copied".
return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
