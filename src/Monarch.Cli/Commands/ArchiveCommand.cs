using System.CommandLine;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Commands;

/// <summary>Runs the archive, and reads its files.</summary>
static class ArchiveCommand
{
    public static Command Create()
    {
        var command = new Command("archive", "Run the archive: write every event of an exchange to a file (needs RabbitMQ, no Redis)")
        {
            ArchiveVerifyCommand.Create(),
            ArchiveListCommand.Create(),
        };
        command.SetAction(
            (_, cancellationToken) => MonarchHosts.CreateBuilder(HostRole.Archive).RunHostAsync(MonarchHosts.Map, cancellationToken)
        );
        return command;
    }
}
