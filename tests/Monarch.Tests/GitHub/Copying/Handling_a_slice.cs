using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Tests.GitHub.Endpoints;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

/// <summary>The consumer with its definition.</summary>
public sealed class Handling_a_slice : EndpointTest
{
    readonly HookedLedger _ledger = new(new InMemoryLedger(TimeProvider.System, Options.Create(new LedgerOptions())));

    protected override void Configure(IServiceCollection services) => services.AddSingleton<ILedger>(_ledger);

    [Fact]
    public async Task Should_answer_with_the_progress()
    {
        await StartAsync();
        var command = await CreateAsync(Issue(1), Issue(2));
        await SendAsync(command);

        var slice = await AnswerAsync<IssuesCreated>();
        (slice.RepositoryMigrationId, slice.CommandId, slice.Next, slice.Created).ShouldBe(
            (command.RepositoryMigrationId, command.CommandId, 2, 2)
        );
    }

    [Fact]
    public async Task Should_reject_an_issue_that_hits_a_bug_and_keep_the_message()
    {
        await StartAsync();
        // There is no issue 0, so no marker can be composed for it.
        var command = await CreateAsync(Issue(0), Issue(1));
        await SendAsync(command);

        var slice = await AnswerAsync<IssuesCreated>();
        (slice.CommandId, slice.Next, slice.Created, slice.EndedBy).ShouldBe((command.CommandId, 1, 0, null));
        var rejected = slice.Rejected.ShouldHaveSingleItem();
        (rejected.Number, rejected.Title, rejected.Failure.Kind).ShouldBe((0, "Issue 0", FailureKind.Bug));
        rejected.Failure.Remedy!.ShouldContain("_error");
        await UntilErrorsAsync(1);
        Errors.ShouldHaveSingleItem().ShouldBeOfType<CreateIssues>().CommandId.ShouldBe(command.CommandId);
        // The Slack summary reads it from there.
        (await Services.GetRequiredService<ILedger>().GetRejectedAsync(new(SourceId, TargetId), Ct)).ShouldBe([rejected]);
    }

    [Fact]
    public async Task Should_leave_a_later_issue_that_hits_a_bug_to_the_next_slice()
    {
        await StartAsync();
        await SendAsync(await CreateAsync(Issue(1), Issue(0)));

        var slice = await AnswerAsync<IssuesCreated>();
        (slice.Next, slice.Created, slice.Rejected.Count, slice.EndedBy).ShouldBe((1, 1, 0, null));
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_read_the_source_again_when_the_snapshot_is_gone()
    {
        await StartAsync();
        var command = Create("11-gone");
        await SendAsync(command);

        var replaced = await AnswerAsync<SnapshotReplaced>();
        (replaced.RepositoryMigrationId, replaced.CommandId, replaced.IssueCount).ShouldBe(
            (command.RepositoryMigrationId, command.CommandId, 3)
        );
        (await Services.GetRequiredService<ISnapshots>().ReadAsync(replaced.SnapshotId, 0, 10, Ct)).ShouldNotBeNull().Count.ShouldBe(3);
        GitHub.Repository(Target).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(451)]
    public async Task Should_name_the_source_when_the_source_is_gone(int status)
    {
        await StartAsync();
        GitHub.Change(Source, status == 404 ? new() { Missing = true } : new() { TakenDown = true });
        await SendAsync(Create("11-gone"));

        // One 404 proves nothing yet: the saga asks again.
        var failure =
            status == 404
                ? (await AnswerAsync<RepositoryMigrationDeferred>()).Failure
                : (await AnswerAsync<RepositoryMigrationRefused>()).Failure;
        (failure.Kind, failure.Status).ShouldBe((FailureKind.RefusedTarget, status));
        failure.Message.ShouldStartWith($"The source {Source} could not be read again: ");
        failure.Remedy.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_reject_no_issue_for_a_bug_before_the_first()
    {
        await StartAsync();
        _ledger.BeforeLook = () => throw new InvalidOperationException("a bug");
        var command = await CreateAsync(Issue(1), Issue(2));
        await SendAsync(command);

        var refused = await AnswerAsync<RepositoryMigrationRefused>();
        (refused.CommandId, refused.Failure.Kind).ShouldBe((command.CommandId, FailureKind.Bug));
        refused.Failure.Message.ShouldContain("a bug");
        Published<IssuesCreated>().ShouldBeEmpty();
        await UntilErrorsAsync(1);
        (await Services.GetRequiredService<ILedger>().GetRejectedAsync(new(SourceId, TargetId), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ask_for_a_target_to_be_read_that_the_ledger_has_lost()
    {
        await StartAsync();
        var command = await CreateAsync(Issue(1)) with { TargetRepositoryId = TargetId + 1 };
        await SendAsync(command);
        var unread = await AnswerAsync<TargetUnread>();
        (unread.RepositoryMigrationId, unread.CommandId).ShouldBe((command.RepositoryMigrationId, command.CommandId));
    }

    [Fact]
    public async Task Should_wait_when_the_source_cannot_be_read_again_now()
    {
        await StartAsync();
        GitHub.Script(new() { Status = 429, Headers = { ["Retry-After"] = "30" } });
        await SendAsync(Create("11-gone"));
        (await AnswerAsync<RepositoryMigrationDeferred>()).Failure.Kind.ShouldBe(FailureKind.Throttled);
    }
}
