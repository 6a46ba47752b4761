using System.CommandLine;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Commands;

/// <summary>The long-running hosts, configured by environment, <c>.env</c> and <c>appsettings.json</c>.</summary>
static class HostCommands
{
    public static Command Serve() => Create("serve", "Run a bridge and workers in one process", HostRole.Serve);

    public static Command Bridge() =>
        Create("bridge", "Run a bridge: accepts requests and reports their state (needs RabbitMQ and Redis)", HostRole.Bridge);

    public static Command Workers() => Create("workers", "Run workers: copy the issues (needs RabbitMQ and Redis)", HostRole.Workers);

    static Command Create(string name, string description, HostRole role)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancellationToken) => MonarchHosts.CreateBuilder(role).RunHostAsync(MonarchHosts.Map, cancellationToken));
        return command;
    }
}
