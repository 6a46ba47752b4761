using Monarch.Bridge.Status;
using Monarch.Cli.Display;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Summarising_a_migration
{
    [Fact]
    public void Should_print_markup_in_names_and_messages_as_text()
    {
        var view = new MigrationView
        {
            Id = Guid.NewGuid(),
            Status = BatchStatus.Migrating,
            Source = "school/template",
            RequestedAt = DateTimeOffset.UnixEpoch,
            RepositoryCount = 1,
            RepositoriesEnded = 0,
            Repositories =
            [
                new()
                {
                    Requested = "teams/[bold]one[/]",
                    Status = RepositoryStatus.Copying,
                    WaitingUntil = DateTimeOffset.UnixEpoch,
                    Failure = new Failure { Kind = FailureKind.Transient, Message = "[link=https://evil.example]Sign in[/] [/]" },
                },
            ],
        };
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;

        console.Write(SummaryTable.Of(view));

        output.ToString().ShouldContain("teams/[bold]one[/]");
        output.ToString().ShouldContain("[link=https://evil.example]Sign in[/] [/]");
        output.ToString().ShouldNotContain("\u001b]8;");
    }
}
