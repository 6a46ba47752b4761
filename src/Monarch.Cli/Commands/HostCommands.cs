using System.CommandLine;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Commands;

/// <summary>The long-running hosts, configured by environment, <c>.env</c> and <c>appsettings.json</c>.</summary>
static class HostCommands
{
    public static Command Serve() => Create("serve", "Run a bridge and workers in one process", HostRole.Serve);

    public static Command Bridge() => Create("bridge", "Run a bridge: takes requests and tells how they go (needs RabbitMQ and Redis)", HostRole.Bridge);

    public static Command Workers() => Create("workers", "Run workers: do the copying (needs RabbitMQ and Redis)", HostRole.Workers);

    static Command Create(string name, string description, HostRole role)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancellationToken) => MonarchHosts.CreateBuilder(role).RunHostAsync(MonarchHosts.Map, cancellationToken));
        return command;
    }
}
