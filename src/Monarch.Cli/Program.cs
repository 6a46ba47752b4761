using System.CommandLine;
using Monarch.Cli.Commands;

Output.Prepare();

var root = new RootCommand("Monarch copies the issues of a template GitHub repository into every team's repository.")
{
    DemoCommand.Create(),
    MigrateCommand.Create(),
    PublishCommand.Create(),
    HostCommands.Serve(),
    HostCommands.Bridge(),
    HostCommands.Workers(),
    SandboxCommand.Create(),
};

return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
