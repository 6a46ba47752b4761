using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

/// <summary>Titles, names, messages and reasons come from other people: a terminal must not obey them.</summary>
public sealed class Showing_hostile_text : IAsyncLifetime
{
    // The title of the terminal, a cleared screen, an 8-bit control sequence, a reversed reading direction, a forged line, a line
    // separator.
    const string Hostile = "\u001b]0;owned\u0007\u001b[2J\u009b2J\u007f\u202e[bold]x[/]\r\nmonarch: all is well\u2028";
    const string Shown = @"\u001b]0;owned\u0007\u001b[2J\u009b2J\u007f\u202e[bold]x[/]\r\nmonarch: all is well\u2028";

    BridgeHost _bridge = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bridge = await BridgeHost.AloneAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Should_escape_titles_messages_names_and_reasons_of_a_migration()
    {
        var batch = await BatchAsync(BatchStatus.CompletedWithFailures);

        var run = await CliRun.OfAsync($"status {batch} --url {_bridge.Web.BaseAddress}");

        run.ExitCode.ShouldBe(0, run.Output);
        ShouldBeHarmless(run);
        run.Output.ShouldContain($@"issue 2 ""{Shown}"": \u001b]0;owned");
    }

    [Fact]
    public async Task Should_escape_the_reason_of_an_intervention()
    {
        var batch = await BatchAsync(BatchStatus.Cancelled);

        var run = await CliRun.OfAsync($"status {batch} --url {_bridge.Web.BaseAddress}");

        ShouldBeHarmless(run);
        run.Output.ShouldContain($"Cancelled: {Shown}");
    }

    [Theory]
    [InlineData("serve", "WEB_PORT=\u001b[2J\u202e")]
    [InlineData("serve", "GITHUB_API_URL=http://\u001b[2J\u009b")]
    [InlineData("bridge", "MONARCH_BIND=\u001b]0;owned\u0007\nmonarch: all is well")]
    [InlineData("usher", "USHER_PROJECTS=\u001b[2J")]
    [InlineData("archive list \u001b[2J", "WEB_PORT=0")]
    [InlineData("archive verify \u001b[2J", "WEB_PORT=0")]
    [InlineData("status \u001b[2J", "WEB_PORT=0")]
    [InlineData("status 0199a5a0-0000-7000-8000-000000000000 --url \u001b[2J", "WEB_PORT=0")]
    [InlineData("migrate a/b \u001b[2J/x", "GH_PAT=token")]
    [InlineData("\u001b[2J", "WEB_PORT=0")]
    public async Task Should_escape_what_a_fault_quotes(string command, string setting)
    {
        var run = await CliRun.OfAsync(command, setting);

        run.ExitCode.ShouldNotBe(0);
        ShouldBeHarmless(run);
    }

    static void ShouldBeHarmless(CliRun run)
    {
        var harmful = run.Output.Where(sign => sign != '\n' && (char.IsControl(sign) || sign is '\u202e' or '\u2028')).ToList();
        harmful.ShouldBeEmpty(run.Output);
        run.Lines.ShouldAllBe(line => !line.StartsWith("monarch: all is well", StringComparison.Ordinal), run.Output);
    }

    async Task<Guid> BatchAsync(BatchStatus status)
    {
        var (batch, store) = (Guid.NewGuid(), _bridge.Services.GetRequiredService<IStatusStore>());
        var failure = new Failure
        {
            Kind = FailureKind.RejectedIssue,
            Message = Hostile,
            Remedy = Hostile,
        };
        var target = BatchStory.Target(0, Hostile, RepositoryStatus.CompletedWithFailures, 101) with
        {
            Failure = failure,
            Total = 2,
            Created = 1,
            Rejected = 1,
        };
        await store.ApplyAsync(
            BatchStory.Batch(batch, 7, status, target) with
            {
                Interventions =
                [
                    new()
                    {
                        Kind = InterventionKind.Cancel,
                        At = BatchStory.Start,
                        Reason = Hostile,
                    },
                ],
            },
            Token
        );
        await store.ApplyAsync(
            BatchStory.RepositoryProgress(batch, 101, 8, RepositoryStatus.CompletedWithFailures, created: 1) with
            {
                TargetFullName = Hostile,
                Rejected = 1,
                RejectedIssues =
                [
                    new()
                    {
                        Number = 2,
                        Title = Hostile,
                        Failure = failure,
                    },
                ],
            },
            Token
        );
        return batch;
    }
}
