using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying.Ledger;

/// <summary>The behaviour of every ledger; runs in memory and on Redis.</summary>
public abstract class LedgerSuite
{
    static readonly TimeSpan Long = TimeSpan.FromHours(1);
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    static long _targets;

    /// <summary>A separate key for each test.</summary>
    private protected LedgerKey Key { get; } = new(11, Interlocked.Increment(ref _targets));

    LedgerKey Other => Key with { SourceRepositoryId = 12 };

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same ledger with another settle time.</summary>
    private protected abstract ILedger Ledger(TimeSpan settle);

    /// <summary>Advances the ledger's clock at least by this time.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Should_grant_a_new_entry()
    {
        (await BeginAsync(1)).ShouldBeOfType<LedgerAnswer.Granted>();
        (await BeginAsync(2)).ShouldBeOfType<LedgerAnswer.Granted>();
        await ReadAsync(Other);
        (await Ledger(Long).BeginAsync(new(Other, 1, "other target"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    [Fact]
    public async Task Should_grant_nothing_before_the_target_was_read()
    {
        await CreatedAsync(2, 102);
        (await Ledger(Long).BeginAsync(Attempt(1, "a"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Unread>();
        (await Ledger(Long).BeginAsync(Attempt(2, "a"), Long, null, Ct)).ShouldBe(new LedgerAnswer.Created(102));

        await ReadAsync(Other);
        (await Ledger(Long).BeginAsync(Attempt(1, "a"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Unread>();
        await ReadAsync(Key);
        (await Ledger(Long).BeginAsync(Attempt(1, "a"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    [Fact]
    public async Task Should_keep_copies_read_in_another_epoch_without_marking_the_target_as_read()
    {
        (await Ledger(Long).SetReadAsync(Key, "another epoch", new Dictionary<int, int> { [2] = 102 }, Ct)).ShouldBeFalse();
        (await Ledger(Long).BeginAsync(Attempt(1, "a"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Unread>();
        (await Ledger(Long).GetCreatedAsync(Key, Ct)).ShouldBe(new Dictionary<int, int> { [2] = 102 });

        await ReadAsync(Key);
        (await Ledger(Long).SetReadAsync(Key, "another epoch", new Dictionary<int, int>(), Ct)).ShouldBeFalse();
        (await Ledger(Long).BeginAsync(Attempt(1, "a"), Long, null, Ct)).ShouldBeOfType<LedgerAnswer.Granted>("the target remains read");
    }

    [Fact]
    public async Task Should_tell_whether_the_target_was_read()
    {
        (await Ledger(Long).IsReadAsync(Key, Ct)).ShouldBeFalse();
        await CreatedAsync(2, 102);
        (await Ledger(Long).IsReadAsync(Key, Ct)).ShouldBeFalse();
        await ReadAsync(Key);
        (await Ledger(Long).IsReadAsync(Key, Ct)).ShouldBeTrue();
        (await Ledger(Long).IsReadAsync(Other, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_keep_the_last_note_on_each_part_in_each_pass()
    {
        var (pass, other) = (Key with { Pass = Guid.NewGuid() }, Key with { Pass = Guid.NewGuid() });
        await Ledger(Long).AddNotesAsync(pass, [Note(12, "type", "a"), Note(2, "type", "b"), Note(2, "labels", "c")], Ct);
        await Ledger(Long).AddNotesAsync(pass, [Note(2, "type", "d")], Ct);
        await Ledger(Long).AddNotesAsync(pass, [], Ct);
        await Ledger(Long).AddNotesAsync(other, [Note(3, "type", "e")], Ct);
        (await Ledger(Long).GetNotesAsync(pass, Ct)).ShouldBe([Note(2, "labels", "c"), Note(2, "type", "d"), Note(12, "type", "a")]);
        (await Ledger(Long).GetNotesAsync(other, Ct)).ShouldBe([Note(3, "type", "e")]);
        (await Ledger(Long).GetNotesAsync(Key, Ct)).ShouldBeEmpty();

        static IssueNote Note(int number, string field, string message) =>
            new()
            {
                Number = number,
                Kind = NoteKind.Dropped,
                Field = field,
                Message = message,
            };
    }

    [Fact]
    public async Task Should_keep_the_comments_of_each_copy_apart()
    {
        const long Comment = 3_123_456_789_001;
        var comments = Key with { Copy = 7, Pass = Guid.NewGuid() };
        await ReadAsync(Key);
        (await BeginAsync(comments)).ShouldBeOfType<LedgerAnswer.Unread>("the target was read, but not the comments on this copy");
        await Ledger(Long).SetCommentsAsync(comments, [Comment + 1], Ct);
        await ReadAsync(comments);
        (await BeginAsync(comments)).ShouldBeOfType<LedgerAnswer.Granted>();
        (await BeginAsync(comments, "b")).ShouldBeOfType<LedgerAnswer.Busy>();
        (await Ledger(Long).GetCommentsAsync(comments, Ct)).ShouldBe([Comment + 1]);

        await Ledger(Long).SetDoubtfulAsync(new(comments, Comment, "a"), Ct);
        (await BeginAsync(comments, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>();
        await Ledger(Long).SetCommentsAsync(comments with { Pass = Guid.NewGuid() }, [Comment], Ct);
        (await BeginAsync(comments, "b")).ShouldBeOfType<LedgerAnswer.Created>();
        (await Ledger(Long).GetCommentsAsync(comments, Ct)).ShouldBe([Comment, Comment + 1], ignoreOrder: true);
        (await Ledger(Long).GetCommentsAsync(Key with { Copy = 8 }, Ct)).ShouldBeEmpty();
        (await Ledger(Long).GetCreatedAsync(Key, Ct)).ShouldBeEmpty();

        Task<LedgerAnswer> BeginAsync(LedgerKey key, string owner = "a") =>
            Ledger(Long).BeginAsync(new(key, Comment, owner), Long, null, Ct);
    }

    [Fact]
    public async Task Should_keep_what_a_copy_was_finished_with_over_all_passes()
    {
        await Ledger(Long).SetFinishedAsync(Key with { Pass = Guid.NewGuid() }, 2, "a", Ct);
        await Ledger(Long).SetFinishedAsync(Key, 3, "b", Ct);
        await Ledger(Long).SetFinishedAsync(Key, 3, "c", Ct);
        (await Ledger(Long).GetFinishedAsync(Key, [1, 2, 3, 3], Ct)).ShouldBe(
            new Dictionary<int, string> { [2] = "a", [3] = "c" },
            ignoreOrder: true
        );
        (await Ledger(Long).GetFinishedAsync(Other, [2, 3], Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_stay_in_one_epoch_without_data_loss()
    {
        var epoch = await Ledger(Long).OpenAsync(Long, Ct);
        epoch.Wait.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
        await BeginAsync(1);
        (await Ledger(Long).OpenAsync(Long, Ct)).Id.ShouldBe(epoch.Id);
    }

    [Fact]
    public async Task Should_return_busy_with_the_wait_until_an_intent_expires()
    {
        await BeginAsync(1, "a");
        (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Busy>().Wait.ShouldBeInRange(Long - TimeSpan.FromMinutes(5), Long);
        (await BeginAsync(1, "a")).ShouldBeOfType<LedgerAnswer.Busy>();
    }

    [Fact]
    public async Task Should_return_doubtful_with_start_and_settle_time_after_an_intent_expired()
    {
        await BeginAsync(1, "a", Short);
        await PassAsync(Short);

        var doubt = (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>();
        doubt.Wait.ShouldBeInRange(Long - TimeSpan.FromMinutes(5), Long);
        var again = (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>();
        (again.Since, again.Token).ShouldBe((doubt.Since, doubt.Token));
        (await BeginAsync(1, "b", settle: TimeSpan.Zero))
            .ShouldBeOfType<LedgerAnswer.Doubtful>()
            .Wait.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public async Task Should_be_settled_after_the_settle_time()
    {
        var settle = TimeSpan.FromMilliseconds(200);
        await BeginAsync(1, "a");
        await Ledger(Long).SetDoubtfulAsync(Attempt(1, "a"), Ct);
        (await BeginAsync(1, "b", settle: settle)).ShouldBeOfType<LedgerAnswer.Doubtful>().Wait.ShouldBeLessThanOrEqualTo(settle);

        await PassAsync(settle);
        (await BeginAsync(1, "b", settle: settle)).ShouldBeOfType<LedgerAnswer.Doubtful>().Wait.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public async Task Should_count_the_settle_time_from_the_end_of_the_attempt()
    {
        await BeginAsync(1, "a");
        await PassAsync(Short);
        await Ledger(Long).SetDoubtfulAsync(Attempt(1, "a"), Ct);
        var (began, ended) = Times(((LedgerAnswer.Doubtful)await BeginAsync(1, "b")).Token);
        (ended - began).ShouldBeGreaterThanOrEqualTo((long)Short.TotalMilliseconds);
    }

    [Fact]
    public async Task Should_clear_a_doubt_only_with_its_own_token()
    {
        var first = await DoubtAsync(1, "a");
        (await BeginAsync(1, "b", searched: "d1:2")).ShouldBeOfType<LedgerAnswer.Doubtful>();
        (await BeginAsync(2, "b", searched: first)).ShouldBeOfType<LedgerAnswer.Granted>();
        (await BeginAsync(1, "b", searched: first)).ShouldBeOfType<LedgerAnswer.Granted>();

        // The search after the first attempt does not clear the second.
        await PassAsync(Short);
        await Ledger(Long).SetDoubtfulAsync(Attempt(1, "b"), Ct);
        (await BeginAsync(1, "c", searched: first)).ShouldBeOfType<LedgerAnswer.Doubtful>().Token.ShouldNotBe(first);
    }

    [Fact]
    public async Task Should_clear_a_doubt_for_one_attempt_only()
    {
        var token = await DoubtAsync(1, "a");
        (await BeginAsync(1, "b", searched: token)).ShouldBeOfType<LedgerAnswer.Granted>();
        (await BeginAsync(1, "c", searched: token)).ShouldBeOfType<LedgerAnswer.Busy>();
    }

    [Fact]
    public async Task Should_allow_only_the_owner_to_end_an_intent()
    {
        await BeginAsync(1, "a");
        await Ledger(Long).SetUntriedAsync(Attempt(1, "b"), Ct);
        await Ledger(Long).SetDoubtfulAsync(Attempt(1, "b"), Ct);
        (await BeginAsync(1, "c")).ShouldBeOfType<LedgerAnswer.Busy>();

        await Ledger(Long).SetUntriedAsync(Attempt(1, "a"), Ct);
        (await BeginAsync(1, "c")).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    [Fact]
    public async Task Should_ignore_a_late_owner_of_a_doubtful_attempt()
    {
        await DoubtAsync(1, "a");
        await Ledger(Long).SetUntriedAsync(Attempt(1, "a"), Ct);
        (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>();
    }

    [Fact]
    public async Task Should_give_created_precedence()
    {
        await BeginAsync(1, "a");
        await CreatedAsync(1, 101);
        await Ledger(Long).SetDoubtfulAsync(Attempt(1, "a"), Ct);
        await Ledger(Long).SetUntriedAsync(Attempt(1, "a"), Ct);
        await Ledger(Long).SetRejectedAsync(Key, Rejection(1), Ct);

        (await BeginAsync(1, "b")).ShouldBe(new LedgerAnswer.Created(101));
        (await BeginAsync(1, "b", searched: "d1:2")).ShouldBe(new LedgerAnswer.Created(101));
        (await Ledger(Long).GetRejectedAsync(Key, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_record_a_doubtful_issue_as_created_once_it_is_found()
    {
        await DoubtAsync(1, "a");
        await CreatedAsync(1, 101);
        (await BeginAsync(1, "b")).ShouldBe(new LedgerAnswer.Created(101));
    }

    [Fact]
    public async Task Should_retry_a_rejected_issue_and_remove_its_rejection_when_created()
    {
        await BeginAsync(5, "a");
        await Ledger(Long).SetRejectedAsync(Key, Rejection(5), Ct);
        (await BeginAsync(5, "b")).ShouldBeOfType<LedgerAnswer.Busy>("a rejection does not end an attempt");
        await Ledger(Long).SetUntriedAsync(Attempt(5, "a"), Ct);

        (await BeginAsync(5, "b")).ShouldBeOfType<LedgerAnswer.Granted>();
        (await Ledger(Long).GetRejectedAsync(Key, Ct)).Count.ShouldBe(1);
        await CreatedAsync(5, 50);
        (await Ledger(Long).GetRejectedAsync(Key, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_return_the_created_issues()
    {
        await Ledger(Long).SetCreatedAsync(Key, Enumerable.Range(1, 2500).ToDictionary(n => n, n => n + 7), Ct);
        await BeginAsync(3000, "a");
        await DoubtAsync(3001, "a");
        await Ledger(Long).SetRejectedAsync(Key, Rejection(3002), Ct);

        (await Ledger(Long).GetCreatedAsync(Key, [1, 2500, 3000, 3001, 3002, 3003], Ct)).ShouldBe(
            new Dictionary<int, int> { [1] = 8, [2500] = 2507 },
            ignoreOrder: true
        );
        (await Ledger(Long).GetCreatedAsync(Key, [], Ct)).ShouldBeEmpty();
        (await Ledger(Long).GetCreatedAsync(Other, [1], Ct)).ShouldBeEmpty();
        (await Ledger(Long).GetCreatedAsync(Key, Ct)).ShouldBe(
            Enumerable.Range(1, 2500).ToDictionary(n => n, n => n + 7),
            ignoreOrder: true
        );
        (await Ledger(Long).GetCreatedAsync(Other, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_remove_a_deleted_copy_unless_it_was_created_again()
    {
        await CreatedAsync(1, 101);
        await CreatedAsync(2, 102);
        await CreatedAsync(3, 103);
        await BeginAsync(4, "a");
        await Ledger(Long)
            .ForgetCreatedAsync(
                Key,
                new Dictionary<int, int>
                {
                    [1] = 101,
                    [2] = 99,
                    [4] = 104,
                    [5] = 105,
                },
                Ct
            );

        (await Ledger(Long).GetCreatedAsync(Key, Ct)).ShouldBe(new Dictionary<int, int> { [2] = 102, [3] = 103 }, ignoreOrder: true);
        (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Granted>();
        (await BeginAsync(4, "b")).ShouldBeOfType<LedgerAnswer.Busy>();
    }

    [Fact]
    public async Task Should_return_rejections_in_source_order_with_the_latest_reason()
    {
        await Ledger(Long).SetRejectedAsync(Key, Rejection(12), Ct);
        await Ledger(Long).SetRejectedAsync(Key, Rejection(3), Ct);
        await Ledger(Long).SetRejectedAsync(Key, Rejection(12, "body is too long 🐘"), Ct);

        var rejected = await Ledger(Long).GetRejectedAsync(Key, Ct);
        rejected.ShouldBe([Rejection(3), Rejection(12, "body is too long 🐘")]);
        (await Ledger(Long).GetRejectedAsync(Other, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_rejections_per_pass_and_share_all_other_entries()
    {
        var (first, second) = (Key with { Pass = Guid.NewGuid() }, Key with { Pass = Guid.NewGuid() });
        await Ledger(Long).SetRejectedAsync(first, Rejection(3), Ct);
        await Ledger(Long).SetRejectedAsync(first, Rejection(4), Ct);
        await Ledger(Long).SetRejectedAsync(second, Rejection(4), Ct);
        await Ledger(Long).SetCreatedAsync(second, new Dictionary<int, int> { [3] = 30, [4] = 40 }, Ct);

        (await Ledger(Long).GetRejectedAsync(first, Ct)).ShouldBe([Rejection(3), Rejection(4)]);
        (await Ledger(Long).GetRejectedAsync(second, Ct)).ShouldBeEmpty();
        (await Ledger(Long).GetRejectedAsync(Key, Ct)).ShouldBeEmpty();
        (await Ledger(Long).GetCreatedAsync(first, Ct)).ShouldBe(new Dictionary<int, int> { [3] = 30, [4] = 40 }, ignoreOrder: true);
        (await BeginAsync(4, "a")).ShouldBe(new LedgerAnswer.Created(40));
    }

    [Fact]
    public async Task Should_accept_an_empty_set_of_created_issues()
    {
        await Ledger(Long).SetCreatedAsync(Key, new Dictionary<int, int>(), Ct);
        (await BeginAsync(1)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    [Fact]
    public async Task Should_have_one_winner_in_each_of_1000_races()
    {
        await ReadAsync(Key);
        var runners = new[] { Ledger(Long), Ledger(Long) };
        var won = await Task.WhenAll(
            runners.Select(
                (ledger, runner) =>
                    Task.Run(async () =>
                    {
                        var answers = await Task.WhenAll(
                            Enumerable
                                .Range(1, 1000)
                                .Select(number => ledger.BeginAsync(Attempt(number, $"{runner}-{number}"), Long, null, Ct))
                        );
                        return answers.Select(answer =>
                            answer is LedgerAnswer.Granted ? 1
                            : answer is LedgerAnswer.Busy ? 0
                            : -100
                        );
                    })
            )
        );

        won[0].Zip(won[1], (one, other) => one + other).ShouldAllBe(winners => winners == 1);
    }

    private protected async Task<LedgerAnswer> BeginAsync(
        int number,
        string owner = "a",
        TimeSpan? lifetime = null,
        TimeSpan? settle = null,
        string? searched = null
    )
    {
        await ReadAsync(Key);
        return await Ledger(settle ?? Long).BeginAsync(Attempt(number, owner), lifetime ?? Long, searched, Ct);
    }

    /// <summary>The target was read and contains no copies.</summary>
    private protected async Task ReadAsync(LedgerKey key)
    {
        var ledger = Ledger(Long);
        (await ledger.SetReadAsync(key, (await ledger.OpenAsync(Long, Ct)).Id, new Dictionary<int, int>(), Ct)).ShouldBeTrue();
    }

    private protected Task CreatedAsync(int number, int targetNumber) =>
        Ledger(Long).SetCreatedAsync(Key, new Dictionary<int, int> { [number] = targetNumber }, Ct);

    private protected LedgerAttempt Attempt(int number, string owner) => new(Key, number, owner);

    private protected static RejectedIssue Rejection(int number, string message = "Validation Failed") =>
        new()
        {
            Number = number,
            Title = "Set up 🚀",
            Failure = new()
            {
                Kind = FailureKind.RejectedIssue,
                Message = message,
                Status = 422,
            },
        };

    async Task<string> DoubtAsync(int number, string owner)
    {
        await BeginAsync(number, owner);
        await Ledger(Long).SetDoubtfulAsync(Attempt(number, owner), Ct);
        return (await BeginAsync(number, owner)).ShouldBeOfType<LedgerAnswer.Doubtful>().Token;
    }

    static (long Began, long Ended) Times(string token)
    {
        var times = token[1..].Split(':').Select(long.Parse).ToList();
        return (times[0], times[1]);
    }
}
