using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.Tests.Bridge.BatchStory;

namespace Monarch.Tests.Bridge;

public sealed class Commanding_a_migration : IAsyncLifetime
{
    BridgeHost _host = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await BridgeHost.AloneAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry")]
    public async Task Should_send_the_command_with_its_reason_to_the_batch_and_answer_202_with_a_link(string command)
    {
        var batch =
            command == "retry"
                ? await BatchAsync(BatchStatus.CompletedWithFailures, RepositoryStatus.Failed)
                : await BatchAsync(isPaused: command == "resume");

        var before = TimeProvider.System.GetUtcNow();
        using var answer = await PostAsync(batch, command, """{"reason": " the template is wrong "}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await ReadAsync(answer)).GetProperty("id").GetGuid().ShouldBe(batch);
        answer.Headers.Location.ShouldBe(new Uri(_host.Web.BaseAddress!, $"/api/migrations/{batch}"));
        const string Reason = "the template is wrong";
        var sent = await SentAsync();
        var at = sent switch
        {
            CancelMigration x when x.BatchId == batch && x.Reason == Reason && command == "cancel" => x.RequestedAt,
            PauseMigration x when x.BatchId == batch && x.Reason == Reason && command == "pause" => x.RequestedAt,
            ResumeMigration x when x.BatchId == batch && x.Reason == Reason && command == "resume" => x.RequestedAt,
            RetryRejectedIssues x when x.BatchId == batch && x.Reason == Reason && command == "retry" => x.RequestedAt,
            _ => default,
        };
        at.ShouldBeInRange(before, TimeProvider.System.GetUtcNow(), $"{sent}");
        _host.Log.Lines.ShouldContain(line => line.Contains($"of migration {batch} is requested: {Reason}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"reason": null}""")]
    [InlineData("""{"reason": "   ", "by": "Ada"}""")]
    public async Task Should_accept_a_command_without_a_reason(string? body)
    {
        using var answer = await PostAsync(await BatchAsync(), "pause", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await SentAsync()).ShouldBeOfType<PauseMigration>().Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("reason=me", "The body cannot be read as JSON")]
    [InlineData("[]", "The body is a JSON list, not an object")]
    [InlineData("""{"reason": 7}""", "reason is a JSON number, not a text")]
    [InlineData("""{"reason": "one\ntwo"}""", "reason holds a line break")]
    [InlineData("""{"reason": "a \u202e turn"}""", "reason holds a line break or another character that cannot be seen")]
    [InlineData("""{"reason": "\ud800"}""", "reason holds an unpaired surrogate")]
    public async Task Should_refuse_a_reason_that_cannot_be_shown_in_one_line(string body, string fault)
    {
        using var answer = await PostAsync(await BatchAsync(), "cancel", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ReadAsync(answer);
        problem.GetProperty("title").GetString().ShouldBe("The command is refused; nothing was done.");
        problem.GetProperty("faults")[0].GetString()!.ShouldStartWith(fault);
    }

    [Theory]
    [InlineData(300, HttpStatusCode.Accepted)]
    [InlineData(301, HttpStatusCode.BadRequest)]
    [InlineData(20_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Should_bound_the_reason(int length, HttpStatusCode expected)
    {
        using var answer = await PostAsync(await BatchAsync(), "cancel", $$"""{"reason": "{{new string('x', length)}}"}""");
        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("cancel", BatchStatus.Completed, false, "has ended as Completed")]
    [InlineData("pause", BatchStatus.Cancelled, false, "has ended as Cancelled")]
    [InlineData("resume", BatchStatus.Failed, true, "has ended as Failed")]
    [InlineData("resume", BatchStatus.Migrating, false, "is not paused")]
    [InlineData("retry", BatchStatus.Migrating, false, "has not ended")]
    [InlineData("retry", BatchStatus.Completed, false, "nothing failed in it")]
    [InlineData("retry", BatchStatus.Skipped, false, "nothing failed in it")]
    [InlineData("retry", BatchStatus.Cancelled, false, "nothing failed in it")]
    public async Task Should_answer_409_with_the_reason_when_the_command_is_not_possible(
        string command,
        BatchStatus status,
        bool isPaused,
        string because
    )
    {
        using var answer = await PostAsync(await BatchAsync(status, isPaused: isPaused), command);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ReadAsync(answer)).GetProperty("detail").GetString()!.ShouldContain(because);
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BatchStatus.Failed, RepositoryStatus.Failed)]
    [InlineData(BatchStatus.Cancelled, RepositoryStatus.CompletedWithFailures)]
    public async Task Should_retry_any_migration_with_failures(BatchStatus status, RepositoryStatus target)
    {
        using var answer = await PostAsync(await BatchAsync(status, target), "retry");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Should_answer_404_for_an_unknown_migration()
    {
        using var answer = await PostAsync(Guid.NewGuid(), "cancel");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    // Its saga does not exist yet, and would never receive the command.
    [Fact]
    public async Task Should_answer_503_until_a_worker_has_started()
    {
        using var answer = await PostAsync(await BatchAsync(BatchStatus.Queued), "cancel");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        _host.Saga.Commands.ShouldBeEmpty();
    }

    async Task<Guid> BatchAsync(
        BatchStatus status = BatchStatus.Migrating,
        RepositoryStatus target = RepositoryStatus.Preparing,
        bool isPaused = false
    )
    {
        var batch = Guid.NewGuid();
        await _host
            .Services.GetRequiredService<IStatusStore>()
            .ApplyAsync(Batch(batch, 7, status, Target(0, "teams/one", target, 101)) with { IsPaused = isPaused }, Token);
        return batch;
    }

    async Task<object> SentAsync()
    {
        await Until.TrueAsync(() => _host.Saga.Commands.Count > 0, "the saga has the command");
        return _host.Saga.Commands.ShouldHaveSingleItem();
    }

    async Task<HttpResponseMessage> PostAsync(Guid batch, string command, string? body = null)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _host.Web.PostAsync($"/api/migrations/{batch}/{command}", content, Token);
    }

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token)).RootElement;
}
