using System.Net.Http.Json;
using Monarch.Contracts;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

/// <summary>GitHub has no idempotency key: a post without an answer is searched for once the listing can be trusted.</summary>
public sealed class Never_creating_an_issue_twice : CopyTest
{
    protected override int TimeoutSeconds => 5;

    [Theory]
    [InlineData(ScriptedEnding.Answer, true)]
    [InlineData(ScriptedEnding.Cut, true)]
    [InlineData(ScriptedEnding.CutBody, true)]
    [InlineData(ScriptedEnding.Hang, true)]
    [InlineData(ScriptedEnding.Answer, false)]
    [InlineData(ScriptedEnding.Cut, false)]
    [InlineData(ScriptedEnding.CutBody, false)]
    [InlineData(ScriptedEnding.Hang, false)]
    public async Task Should_hold_when_a_post_gets_no_answer(ScriptedEnding ending, bool created)
    {
        // A listing may not show the issue for a while: shorter than the ledger's settle time.
        GitHub.Faults = new() { ListingLagMilliseconds = 14_000 };
        Script(
            before: 1,
            new()
            {
                Ending = ending,
                CarryOut = created,
                Status = ending == ScriptedEnding.CutBody ? 201 : 502,
            }
        );

        var cut = (await CopyAsync()).ShouldNotBeNull();
        (cut.Next, cut.Created, cut.EndedBy!.Kind).ShouldBe((1, 1, FailureKind.Transient));

        var waiting = (await CopyAsync(cut.Next)).ShouldNotBeNull();
        (waiting.Next, waiting.EndedBy!.Kind, waiting.EndedBy.RetryAt).ShouldBe(
            (1, FailureKind.Transient, Time.GetUtcNow().AddSeconds(15))
        );
        // A request without an answer is counted when its connection has gone.
        await Until.TrueAsync(() => Posts() >= 2, "both posts are counted");
        Posts().ShouldBe(2, "it is in doubt");

        Time.Advance(15);
        var whole = (await CopyAsync(waiting.Next)).ShouldNotBeNull();
        (whole.Next, whole.Created, whole.EndedBy).ShouldBe((3, 2, null));
        Posts().ShouldBe(created ? 3 : 4);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_hold_for_a_first_issue_that_is_retried_immediately(bool created)
    {
        Script(before: 0, new() { Status = 504, CarryOut = created });
        (await Should.ThrowAsync<GitHubException>(() => CopyAsync())).MayHaveHappened.ShouldBeTrue();

        (await CopyAsync())!.EndedBy.ShouldNotBeNull().Message.ShouldContain("issue 1");
        Time.Advance(15);
        await CopyAsync();
        Titles().ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_hold_when_a_worker_dies_before_it_records_the_post()
    {
        await GitHubCreatedAsync(1);
        var busy = (await CopyAsync()).ShouldNotBeNull();
        (busy.Next, busy.IsBusy, busy.EndedBy!.RetryAt).ShouldBe((0, true, Time.GetUtcNow().AddSeconds(3)));

        Time.Advance(14);
        (await CopyAsync())!.EndedBy!.RetryAt.ShouldBe(Time.GetUtcNow().AddSeconds(15));
        Time.Advance(15);
        (await CopyAsync())!.Next.ShouldBe(3);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_not_create_while_the_search_fails()
    {
        Script(before: 0, new() { Status = 502, CarryOut = true });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        Time.Advance(15);

        GitHub.Script(new() { Method = "GET", Status = 500 });
        (await Should.ThrowAsync<GitHubException>(() => CopyAsync())).Failure.Status.ShouldBe(500);
        Posts().ShouldBe(1);
        (await CopyAsync())!.Next.ShouldBe(3);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_find_a_doubtful_issue_behind_pages_of_newer_ones()
    {
        Script(before: 0, new() { Status = 502, CarryOut = true });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        using var students = Students();
        for (var i = 0; i < 250; i++)
        {
            using var json = new StringContent($$"""{"title":"Our own {{i}}"}""");
            (await students.PostAsync(new Uri($"repos/{Target}/issues", UriKind.Relative), json, Ct)).EnsureSuccessStatusCode();
        }

        Time.Advance(15);
        (await CopyAsync())!.Next.ShouldBe(3);
        Titles().Count(title => title == "Issue 1").ShouldBe(1);
    }

    [Theory]
    [InlineData("\n\n---\nThis ticket is kept in step with card T-1 of another tracker.")]
    [InlineData("\n\n- [x] done by us\n")]
    [InlineData("\r\n\r\nEdited.\r\n")]
    public async Task Should_find_a_doubtful_issue_to_which_a_bot_has_added_something(string footer)
    {
        Script(before: 0, new() { Status = 502, CarryOut = true });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        using var bot = Students();
        using var json = JsonContent.Create(new { body = GitHub.Repository(Target).Issues![0].Body + footer });
        using var edited = await bot.PatchAsync(new Uri($"repos/{Target}/issues/1", UriKind.Relative), json, Ct);
        edited.EnsureSuccessStatusCode();

        Time.Advance(15);
        (await CopyAsync())!.Next.ShouldBe(3);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Should_not_trust_a_search_that_lists_nothing_once(int others)
    {
        using var students = Students();
        for (var i = 0; i < others; i++)
        {
            using var json = JsonContent.Create(new { title = $"Our own {i}" });
            (await students.PostAsync(new Uri($"repos/{Target}/issues", UriKind.Relative), json, Ct)).EnsureSuccessStatusCode();
        }

        Script(before: 0, new() { Status = 502, CarryOut = true });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 200,
                Body = "[]",
            }
        );
        await CopyAllAsync(3);
        Titles().Where(title => title.StartsWith("Issue", StringComparison.Ordinal)).ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_create_the_issue_when_GitHub_counts_issues_that_it_never_lists()
    {
        using var students = Students();
        using var json = JsonContent.Create(new { title = "Our own" });
        (await students.PostAsync(new Uri($"repos/{Target}/issues", UriKind.Relative), json, Ct)).EnsureSuccessStatusCode();
        Script(before: 0, new() { Status = 502, CarryOut = false });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 200,
                Body = "[]",
                Count = 1000,
            }
        );

        await CopyAllAsync(3);
        Titles().ShouldBe(["Our own", .. TitlesTo(3)]);
    }

    // GitHub lists nothing, and answers 404 for an issue that exists: the first by number, one behind others, the last.
    [Theory]
    [InlineData(0, 1, "/issues/1$")]
    [InlineData(1, 0, "/issues/1$")]
    [InlineData(1, 0, "/issues/2$")]
    [InlineData(2, 3, "/issues/4$")]
    [InlineData(2, 0, "/issues/3$")]
    public async Task Should_not_trust_an_empty_list_and_one_404(int copied, int others, string hidden)
    {
        using var students = Students();
        for (var i = 0; i < others; i++)
        {
            using var json = JsonContent.Create(new { title = $"Our own {i}" });
            (await students.PostAsync(new Uri($"repos/{Target}/issues", UriKind.Relative), json, Ct)).EnsureSuccessStatusCode();
        }

        Script(before: copied, new() { Status = 502, CarryOut = true });
        if (copied > 0)
        {
            (await CopyAsync())!.Next.ShouldBe(copied);
        }
        else
        {
            await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        }

        Time.Advance(16);
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 200,
                Body = "[]",
            }
        );
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = hidden,
                Status = 404,
                Body = """{"message": "Not Found"}""",
            }
        );
        await CopyAllAsync(3, copied);
        Titles().Where(title => title.StartsWith("Issue", StringComparison.Ordinal)).ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_ignore_the_copy_of_another_source()
    {
        SeedIssue copy = new()
        {
            Title = "Other",
            Body = new Marker(SourceId + 1, Source, 1).Render(),
            CreatedAt = Time.GetUtcNow(),
        };
        GitHub.Seed(new() { FullName = Target, Issues = [copy] });
        Script(before: 0, new() { Status = 502 });
        await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        Time.Advance(15);
        (await CopyAsync())!.Created.ShouldBe(3);
        Titles().ShouldBe(["Other", .. TitlesTo(3)]);
    }

    [Fact]
    public async Task Should_hold_when_five_workers_handle_one_command_concurrently()
    {
        await SnapshotAsync(20);
        GitHub.Faults = new() { LatencyMilliseconds = 2 };
        var slices = await Time.AdvanceUntilAsync(
            Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => CopyAsync()))),
            TimeSpan.FromMilliseconds(2)
        );
        GitHub.Faults = new();

        Titles().Distinct().Count().ShouldBe(Titles().Count);
        slices.ShouldAllBe(slice => slice!.EndedBy == null || slice.EndedBy.Kind == FailureKind.Transient);
        await CopyAllAsync(20, slices.Max(slice => slice!.Next));
        Titles().ShouldBe(TitlesTo(20));
        GitHub.Repository(Target).HighestConcurrentCreations.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Should_hold_through_a_storm_of_lost_answers(int seed)
    {
        await SnapshotAsync(40);
        GitHub.Faults = new()
        {
            CreatedThenBadGateway = 0.2,
            CreatedThenCut = 0.2,
            ServerErrors = 0.2,
            ListingLagMilliseconds = 10_000,
            Seed = seed,
        };
        await CopyAllAsync(40);
        Titles().ShouldBe(TitlesTo(40));
    }

    HttpClient Students() =>
        new() { BaseAddress = GitHub.GitHubUrl, DefaultRequestHeaders = { { "Authorization", "token t" }, { "User-Agent", "students" } } };

    // A worker died: the intent and the issue exist, but the ledger has no record of the issue.
    async Task GitHubCreatedAsync(int number)
    {
        await Ledger.BeginAsync(new(Pair, number, "dead"), TimeSpan.FromSeconds(14), null, Ct);
        SeedIssue copy = new()
        {
            Title = $"Issue {number}",
            Body = MarkerOf(number).Render(),
            CreatedAt = Time.GetUtcNow(),
        };
        GitHub.Seed(new() { FullName = Target, Issues = [copy] });
    }
}
