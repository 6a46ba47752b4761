using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>
/// A single answer that proves nothing: 404 of a new repository, 400 or 409 among successful answers, a 422 without a reason.
/// </summary>
public sealed class Retrying_an_unproven_refusal : RepositoryMigrationTest
{
    [Theory]
    [InlineData(60)]
    [InlineData(10)]
    public async Task Should_last_for_the_grace_of_a_new_repository_and_be_reported(double grace)
    {
        Options.NewRepositoryGraceSeconds = grace;
        await HandleAsync(Request());
        var began = Time.GetUtcNow();
        var tries = await RefuseAsync(() => Deferred(NotFound()));

        (Time.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(grace, grace + 0.01);
        tries.ShouldBeInRange(4, 8);
        Sent<RepositoryProgressed>()
            .Where(shown => shown.WaitingUntil is not null)
            .ShouldAllBe(shown =>
                shown.Failure!.Message.StartsWith(
                    "Not Found; a new repository takes a moment to appear, so GitHub is asked again until 09:"
                )
            );
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Failure!.Message, end.Failure.Status).ShouldBe((RepositoryStatus.Failed, "Not Found", 404));
    }

    [Fact]
    public async Task Should_not_happen_without_a_grace()
    {
        Options.NewRepositoryGraceSeconds = 0;
        await HandleAsync(Request());
        await HandleAsync(Deferred(NotFound()));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Failure!.Message.ShouldBe("Not Found");
    }

    [Fact]
    public async Task Should_begin_with_the_first_such_answer_after_a_long_outage()
    {
        await HandleAsync(Request());
        for (var i = 0; i < 9; i++)
        {
            await FailAsync(Deferred());
        }

        await FailAsync(Deferred(NotFound()));
        await FailAsync(Deferred(NotFound()));
        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        await HandleAsync(Prepared());
        (await SagaAsync()).RefusedSince.ShouldBeNull();
    }

    [Fact]
    public async Task Should_restart_after_a_failure_of_another_kind_but_give_up_finally()
    {
        await HandleAsync(Request());
        var began = Time.GetUtcNow();
        for (var i = 0; Sent<RepositoryMigrationCompleted>().Count == 0; i++)
        {
            await FailAsync(Deferred(i % 2 == 0 ? NotFound() : Transient()));
        }

        (Time.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(24));
        Sent<RepositoryMigrationCompleted>()[0].Failure!.Message.ShouldContain("24 hours");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task Should_keep_the_order_after_one_post_that_is_refused_for_no_reason(int status)
    {
        await PrepareAsync();
        await FailAsync(Created(next: 1, created: 1, endedBy: Odd(status)));
        Sent<CreateIssues>()[^1].ShouldSatisfyAllConditions(x => x.From.ShouldBe(1), x => x.IsLastTry.ShouldBeFalse());

        await HandleAsync(Created(next: 3, created: 2));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Created, end.Rejected).ShouldBe((RepositoryStatus.Completed, 3, 0));
    }

    [Theory]
    [InlineData(400, 20)]
    [InlineData(422, 24 * 3600)]
    public async Task Should_reject_the_issue_after_a_last_try_and_continue(int status, double seconds)
    {
        await PrepareAsync();
        var began = Time.GetUtcNow();
        var tries = await RefuseAsync(() => Deferred(Odd(status)));

        tries.ShouldBeGreaterThanOrEqualTo(4);
        (Time.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(seconds / 2, seconds + 10);
        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        Sent<CreateIssues>().Select(x => x.From).ShouldAllBe(from => from == 0);

        await HandleAsync(Created(next: 3, created: 2, rejected: Refusal(1, status)));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Created, end.Rejected).ShouldBe((RepositoryStatus.CompletedWithFailures, 2, 1));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Should_stop_the_target_at_the_second_issue_that_is_refused_for_the_same_reason(int status)
    {
        await PrepareAsync();
        await RefuseAsync(() => Deferred(Odd(status)));
        await HandleAsync(Created(next: 1, endedBy: Odd(status, "Odd, reference 4712"), rejected: Refusal(1, status)));

        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Rejected, end.Failure!.Kind).ShouldBe((RepositoryStatus.Failed, 1, FailureKind.RefusedTarget));
        end.Failure.Message.ShouldStartWith("Two issues in a row were refused for the same reason, so the others were not tried: Odd");
    }

    [Fact]
    public async Task Should_restart_for_an_issue_that_is_refused_after_others_were_created()
    {
        await PrepareAsync(issues: 9);
        await RefuseAsync(() => Deferred(Odd(400)));
        await HandleAsync(Created(next: 4, created: 3, endedBy: Odd(400), rejected: Refusal(1, 400)));

        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        var tries = 1 + await RefuseAsync(() => Deferred(Odd(400)), isFirst: false);
        tries.ShouldBeGreaterThanOrEqualTo(4);
        Sent<CreateIssues>()[^1].ShouldSatisfyAllConditions(x => x.From.ShouldBe(4), x => x.IsLastTry.ShouldBeTrue());
    }

    [Fact]
    public async Task Should_not_reject_an_issue_for_throttling_that_lasts_all_day()
    {
        await PrepareAsync();
        for (var hour = 0; Sent<RepositoryMigrationCompleted>().Count == 0; hour++)
        {
            hour.ShouldBeLessThan(27);
            await FailAsync(Deferred(Odd(422) with { RetryAt = Time.GetUtcNow().AddHours(1) }));
        }

        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Failure!.Message.ShouldStartWith("Given up after 24 hours");
        Sent<CreateIssues>().ShouldAllBe(command => !command.IsLastTry);
    }

    [Fact]
    public async Task Should_back_off_when_a_422_names_a_retry_time()
    {
        await PrepareAsync();
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(Deferred(Odd(422) with { RetryAt = Time.GetUtcNow().AddSeconds(5) }));
        }

        await HandleAsync(Deferred(Odd(422) with { RetryAt = Time.GetUtcNow().AddSeconds(5) }));
        ((await SagaAsync()).WakeAt!.Value - Time.GetUtcNow()).ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Should_end_a_target_that_cannot_be_prepared_for_no_reason()
    {
        await HandleAsync(Request());
        await RefuseAsync(() => Deferred(Odd(400)));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Failure!.Message.ShouldBe("Odd");
        Sent<PrepareTarget>().Count.ShouldBeInRange(4, 6);
    }

    /// <summary>Answers each command until the repository migration ends or makes its last try.</summary>
    /// <returns>How many commands were answered.</returns>
    async Task<int> RefuseAsync<T>(Func<T> answer, bool isFirst = true)
        where T : class
    {
        if (!isFirst)
        {
            await WakeUpAsync();
        }

        for (var tries = 1; ; tries++)
        {
            tries.ShouldBeLessThan(400);
            await HandleAsync(answer());
            if (Sent<RepositoryMigrationCompleted>().Count > 0)
            {
                return tries;
            }

            await WakeUpAsync();
            if (Sent<CreateIssues>() is [.., { IsLastTry: true }])
            {
                return tries;
            }
        }
    }

    async Task FailAsync<T>(T answer)
        where T : class
    {
        await HandleAsync(answer);
        if (Sent<RepositoryMigrationCompleted>().Count == 0)
        {
            await WakeUpAsync();
        }
    }

    async Task WakeUpAsync()
    {
        var wake = await WakeAsync();
        Time.SetUtcNow(wake.DueAt);
        await HandleAsync(wake);
    }

    static Failure NotFound() =>
        new()
        {
            Kind = FailureKind.RefusedTarget,
            Message = "Not Found",
            Status = 404,
            Remedy = "Check the spelling.",
        };

    static Failure Odd(int status, string message = "Odd") =>
        new()
        {
            Kind = status == 422 ? FailureKind.Throttled : FailureKind.Bug,
            Message = message,
            Status = status,
        };

    static RejectedIssue Refusal(int number, int status) =>
        new()
        {
            Number = number,
            Title = $"Issue {number}",
            Failure = Odd(status, "Odd, reference 11"),
        };
}
