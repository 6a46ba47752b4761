using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Commanding_from_the_command_line : IAsyncLifetime
{
    const string Key = "MONARCH_API_KEY=open-sesame";

    BridgeHost _bridge = null!;

    string Port => $"WEB_PORT={_bridge.Web.BaseAddress!.Port}";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bridge = await BridgeHost.AloneAsync(("MONARCH_API_KEY", "open-sesame"));

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("cancel", typeof(CancelMigration))]
    [InlineData("pause", typeof(PauseMigration))]
    [InlineData("resume", typeof(ResumeMigration))]
    [InlineData("retry", typeof(RetryRejectedIssues))]
    public async Task Should_call_the_configured_Bridge(string command, Type message)
    {
        var batch =
            command == "retry"
                ? await BatchAsync(BatchStatus.CompletedWithFailures, RepositoryStatus.Failed)
                : await BatchAsync(isPaused: command == "resume");

        var run = await CliRun.OfAsync($"{command} {batch} --reason fixed", Port, Key);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Lines.ShouldHaveSingleItem()
            .ShouldEndWith($" is requested. {_bridge.Web.BaseAddress}api/migrations/{batch} shows when it is done.");
        await Until.TrueAsync(() => _bridge.Saga.Commands.Count > 0, "the saga has the command");
        var sent = _bridge.Saga.Commands.ShouldHaveSingleItem();
        sent.ShouldBeOfType(message);
        $"{sent}".ShouldContain("Reason = fixed");
    }

    [Theory]
    [InlineData("{0:N}")]
    [InlineData("/api/migrations/{0}")]
    [InlineData("http://127.0.0.1/api/migrations/{0}/")]
    public async Task Should_accept_the_printed_id_and_the_address_by_option(string id)
    {
        var batch = await BatchAsync();
        var run = await CliRun.OfAsync(
            $"pause {string.Format(System.Globalization.CultureInfo.InvariantCulture, id, batch)} --url {_bridge.Web.BaseAddress}",
            Key
        );
        run.ExitCode.ShouldBe(0, run.Output);
    }

    [Fact]
    public async Task Should_show_a_migration_with_the_id_of_its_trace()
    {
        var batch = await BatchAsync(BatchStatus.Completed);

        var run = await CliRun.OfAsync($"status {batch}", Port, Key);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("Trace 0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task Should_report_why_the_command_is_not_possible()
    {
        var ended = await BatchAsync(BatchStatus.Completed);
        var run = await CliRun.OfAsync($"cancel {ended}", Port, Key);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Lines.ShouldHaveSingleItem()
            .ShouldStartWith("monarch: The migration cannot be cancelled now. The migration has ended as Completed.");
    }

    [Theory]
    [InlineData("status 7", ExitCodes.Usage, "'7' is not the id of a migration.")]
    [InlineData("status 0199a5a0-0000-7000-8000-000000000000", ExitCodes.Usage, "There is no such migration.")]
    [InlineData(
        "status 0199a5a0-0000-7000-8000-000000000000 --url http://127.0.0.1:1",
        ExitCodes.Unavailable,
        "no Bridge answers at http://127.0.0.1:1/"
    )]
    [InlineData("pause 7", ExitCodes.Usage, "'7' is not the id of a migration.")]
    [InlineData("pause 0199a5a0-0000-7000-8000-000000000000", ExitCodes.Usage, "There is no such migration.")]
    [InlineData(
        "pause 0199a5a0-0000-7000-8000-000000000000 --url http://127.0.0.1:1",
        ExitCodes.Unavailable,
        "no Bridge answers at http://127.0.0.1:1/"
    )]
    [InlineData("pause 0199a5a0-0000-7000-8000-000000000000 --url elsewhere", ExitCodes.Usage, "'elsewhere' is not the address of a host")]
    public async Task Should_name_the_fault(string command, int exitCode, string fault)
    {
        var run = await CliRun.OfAsync(command, Port, Key);

        run.ExitCode.ShouldBe(exitCode, run.Output);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith($"monarch: {fault}");
    }

    [Theory]
    [InlineData("WEB_PORT=0", "WEB_PORT is 0")]
    [InlineData("WEB_PORT=many", "")]
    [InlineData("WEB_PORT=70000", "WEB_PORT")]
    public async Task Should_name_the_invalid_setting(string setting, string fault)
    {
        var run = await CliRun.OfAsync("pause 0199a5a0-0000-7000-8000-000000000000", setting);

        run.ExitCode.ShouldBe(ExitCodes.Config, run.Output);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith($"monarch: {fault}");
        run.Output.ShouldContain("WEB_PORT");
    }

    [Fact]
    public async Task Should_report_a_missing_key()
    {
        var run = await CliRun.OfAsync($"pause {await BatchAsync()}", Port);

        run.ExitCode.ShouldBe(ExitCodes.Config, run.Output);
        run.Output.ShouldContain("MONARCH_API_KEY");
    }

    async Task<Guid> BatchAsync(
        BatchStatus status = BatchStatus.Migrating,
        RepositoryStatus target = RepositoryStatus.Preparing,
        bool isPaused = false
    )
    {
        var batch = Guid.NewGuid();
        await _bridge
            .Services.GetRequiredService<IStatusStore>()
            .ApplyAsync(
                BatchStory.Batch(batch, 7, status, BatchStory.Target(0, "teams/one", target, 101)) with
                {
                    IsPaused = isPaused,
                    TraceId = "0af7651916cd43dd8448eb211c80319c",
                },
                Token
            );
        return batch;
    }
}
