using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Tests.GitHub.Endpoints;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Repositories;

public sealed class Preparing_a_target : EndpointTest
{
    [Fact]
    public async Task Should_find_existing_copies_by_marker_including_old_and_closed_ones()
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Issues =
                [
                    new() { Title = "their own", Body = "no marker" },
                    Copy(3, state: "closed"),
                    new() { Title = "no body", Body = null },
                    new() { Title = "of another source", Body = new Marker(12, "school/other", 5).Render() },
                    new()
                    {
                        Title = "a pull request",
                        Body = new Marker(SourceId, Source, 6).Render(),
                        IsPullRequest = true,
                    },
                    new() { Title = "the marker is not its last line", Body = new Marker(SourceId, Source, 7).Render() + "\n- [x] done" },
                    new() { Title = "the marker is quoted", Body = "As in\n> " + new Marker(SourceId, Source, 8).Render() },
                    .. Enumerable.Range(100, 150).Select(number => Copy(number)),
                    Copy(3),
                ],
            }
        );
        await StartAsync();
        var command = Prepare();
        await SendAsync(command);

        var prepared = await AnswerAsync<TargetPrepared>();
        (prepared.RepositoryMigrationId, prepared.CommandId, prepared.TargetFullName).ShouldBe(
            (command.RepositoryMigrationId, command.CommandId, Target)
        );
        var there = await Services.GetRequiredService<ILedger>().GetCreatedAsync(new(SourceId, TargetId), [3, 5, 6, 7, 8, 100, 249], Ct);
        there.ShouldBe(
            new Dictionary<int, int>
            {
                [3] = 2,
                [7] = 6,
                [100] = 8,
                [249] = 157,
            },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Should_find_all_copies_when_an_issue_is_deleted_between_two_pages()
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [.. Enumerable.Range(1, 150).Select(number => Copy(number))],
            }
        );
        await StartAsync();
        GitHub.Script(
            new()
            {
                Path = "/issues$",
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
                DelayMilliseconds = 500,
            }
        );
        await SendAsync(Prepare());
        await Until.TrueAsync(() => GitHub.Requests().Of("GET issues") == 1, "the first page is read");
        GitHub.DeleteIssue(Target, 5);

        await AnswerAsync<TargetPrepared>();
        (await Services.GetRequiredService<ILedger>().GetCreatedAsync(Key, Ct)).Keys.Order().ShouldBe(Enumerable.Range(1, 150));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_return_the_current_name_of_a_renamed_target(bool taken)
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1)],
            }
        );
        GitHub.Rename(Target, "teams/renamed");
        if (taken)
        {
            GitHub.Seed(
                new()
                {
                    FullName = Target,
                    Id = 99,
                    Issues = [Copy(2)],
                }
            );
        }

        await StartAsync();
        await SendAsync(Prepare());
        (await AnswerAsync<TargetPrepared>()).TargetFullName.ShouldBe("teams/renamed");
        (await Services.GetRequiredService<ILedger>().GetCreatedAsync(new(SourceId, TargetId), Ct)).Keys.ShouldBe([1]);
    }

    [Fact]
    public async Task Should_refuse_a_target_transferred_to_an_owner_that_is_not_allowed()
    {
        GitHub.Rename(Target, "strangers/one");
        await StartAsync(("MONARCH_ALLOWED_OWNERS", "school, teams"));
        await SendAsync(Prepare());
        (await AnswerAsync<RepositoryMigrationRefused>()).Failure.Message.ShouldContain("teams/one is now strangers/one");
        GitHub.Requests().Of("GET issues").ShouldBe(0);
    }

    [Theory]
    [InlineData("archived", "archived")]
    [InlineData("disabled", "disabled")]
    [InlineData("issues off", "turned off")]
    public async Task Should_refuse_a_target_that_accepts_no_issues_before_creating_any(string how, string expected)
    {
        GitHub.Change(
            Target,
            how switch
            {
                "archived" => new() { Archived = true },
                "disabled" => new() { Disabled = true },
                _ => new RepositoryFlags { HasIssues = false },
            }
        );
        await StartAsync();
        await SendAsync(Prepare());

        var failure = (await AnswerAsync<RepositoryMigrationRefused>()).Failure;
        (failure.Kind, failure.Remedy is null).ShouldBe((FailureKind.RefusedTarget, false));
        failure.Message.ShouldContain(expected);
        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("triage")]
    [InlineData("none")]
    public async Task Should_accept_a_target_with_read_permission(string permission)
    {
        GitHub.Change(Target, new() { Permission = permission });
        await StartAsync();
        await SendAsync(Prepare());
        await AnswerAsync<TargetPrepared>();
        await SendAsync(await CreateAsync(Issue(1)));

        (await AnswerAsync<IssuesCreated>()).Created.ShouldBe(1);
    }

    [Theory]
    [InlineData(@"/repositories/22$")]
    [InlineData(@"/repositories/22/issues$")]
    public async Task Should_not_refuse_after_a_single_404(string path)
    {
        await StartAsync();
        GitHub.Script(
            new()
            {
                Path = path,
                Status = 404,
                Body = """{"message":"Not Found"}""",
            }
        );
        await SendAsync(Prepare());
        (await AnswerAsync<RepositoryMigrationDeferred>()).Failure.Status.ShouldBe(404);

        await SendAsync(Prepare());
        await AnswerAsync<TargetPrepared>();
        Published<RepositoryMigrationRefused>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_remove_deleted_but_not_edited_copies_when_recreating(bool recreate)
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1), Copy(2), new() { Title = "edited: its marker is gone", Body = "x" }, Copy(4)],
            }
        );
        GitHub.DeleteIssue(Target, 2);
        await StartAsync();
        var ledger = Services.GetRequiredService<ILedger>();
        await ledger.SetCreatedAsync(
            Key,
            new Dictionary<int, int>
            {
                [1] = 1,
                [2] = 2,
                [3] = 3,
                [4] = 4,
                [5] = 99,
            },
            Ct
        );
        await SendAsync(Prepare() with { Recreate = recreate });

        await AnswerAsync<TargetPrepared>();
        (await ledger.GetCreatedAsync(Key, Ct)).Keys.Order().ShouldBe(recreate ? [1, 3, 4, 5] : [1, 2, 3, 4, 5]);
        GitHub.Requests().Of("GET issue").ShouldBe(recreate ? 2 : 0);
    }

    [Fact]
    public async Task Should_keep_a_copy_that_the_listing_does_not_show_yet()
    {
        await StartAsync(("GITHUB_SETTLE", "0"));
        GitHub.Faults = new() { ListingLagMilliseconds = 60_000 };
        await SendAsync(await CreateAsync(Issue(1)));
        await AnswerAsync<IssuesCreated>();
        await PrepareAsync(Prepare() with { Recreate = true });

        (await Services.GetRequiredService<ILedger>().GetCreatedAsync(Key, Ct)).ShouldBe(new Dictionary<int, int> { [1] = 1 });
    }

    [Fact]
    public async Task Should_not_recreate_a_copy_that_GitHub_neither_lists_nor_finds_yet()
    {
        await StartAsync(("GITHUB_SETTLE", "0"));
        GitHub.Faults = new() { ListingLagMilliseconds = 60_000 };
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues/1$",
                Status = 404,
                Body = """{"message":"Not Found"}""",
                Count = 3,
            }
        );
        var create = await CreateAsync(Issue(1));
        await SendAsync(create);
        await AnswerAsync<IssuesCreated>();
        await PrepareAsync(Prepare() with { Recreate = true });
        await SendAsync(create);

        (await AnswersAsync<IssuesCreated>(2))[1].AlreadyThere.ShouldBe(1);
        GitHub.Repository(Target).Count.ShouldBe(1);
        GitHub.Requests().Of("GET issue").ShouldBe(3, "once for each listing without it");
    }

    [Fact]
    public async Task Should_keep_copies_when_the_repository_becomes_unavailable()
    {
        await StartAsync();
        var ledger = Services.GetRequiredService<ILedger>();
        await ledger.SetCreatedAsync(Key, new Dictionary<int, int> { [1] = 1 }, Ct);
        GitHub.Script(
            new()
            {
                Path = "/issues/1$",
                Status = 410,
                Body = """{"message":"Issues has been disabled in this repository."}""",
            }
        );
        GitHub.Script(
            new()
            {
                Path = "/repositories/22$",
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
            }
        );
        GitHub.Script(
            new()
            {
                Path = "/repositories/22$",
                Status = 404,
                Body = """{"message":"Not Found"}""",
            }
        );
        await SendAsync(Prepare() with { Recreate = true });

        await AnswerAsync<RepositoryMigrationDeferred>();
        (await ledger.GetCreatedAsync(Key, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_defer_a_listing_with_fewer_open_issues_than_GitHub_counts()
    {
        SeedIssue pullRequest = new() { Title = "A pull request", IsPullRequest = true };
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1), pullRequest, Copy(2, "closed")],
            }
        );
        await StartAsync(("GITHUB_SETTLE", "4"));
        List("[]");
        await SendAsync(Prepare());

        var deferred = await AnswerAsync<RepositoryMigrationDeferred>();
        var doubt = deferred.Place!.Doubt.ShouldNotBeNull();
        (deferred.Failure.Kind, deferred.Place.Through, doubt.Counted, doubt.Times).ShouldBe((FailureKind.Transient, 0, 2, 1));
        deferred.Failure.Message.ShouldContain($"0 of the 2 open issues and pull requests that it counts in {Target}");
        (deferred.Failure.RetryAt!.Value - doubt.Since).TotalSeconds.ShouldBeInRange(1.9, 2.1);

        await SendAsync(Prepare() with { Place = deferred.Place });
        await AnswerAsync<TargetPrepared>();
        (await Services.GetRequiredService<ILedger>().GetCreatedAsync(Key, Ct)).Keys.Order().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Should_defer_a_listing_that_ends_before_a_closed_issue(int listed)
    {
        var copies = Enumerable.Range(1, 101).Select(number => Copy(number, "closed"));
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [.. copies],
            }
        );
        await StartAsync();
        List(
            JsonSerializer.Serialize(
                Enumerable
                    .Range(1, listed)
                    .Select(number => new
                    {
                        number,
                        title = "x",
                        state = "closed",
                    })
            )
        );
        await SendAsync(Prepare());

        (await AnswerAsync<RepositoryMigrationDeferred>()).Failure.Message.ShouldContain("ends before an issue that exists");
    }

    [Fact]
    public async Task Should_restart_the_count_after_a_different_listing()
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1), Copy(2)],
            }
        );
        await StartAsync(("GITHUB_SETTLE", "0"));
        List("[]", 2);
        List("""[{"number":1,"title":"x","state":"open"}]""", 3);

        var answers = new List<int>();
        for (TargetPlace? place = null; answers.Count < 4; place = Published<RepositoryMigrationDeferred>()[^1].Place)
        {
            await SendAsync(Prepare() with { Place = place });
            answers.Add((await AnswersAsync<RepositoryMigrationDeferred>(answers.Count + 1))[^1].Place!.Doubt!.Times);
        }

        answers.ShouldBe([1, 2, 1, 2]);
        await SendAsync(Prepare() with { Place = Published<RepositoryMigrationDeferred>()[^1].Place });
        await AnswerAsync<TargetPrepared>();
    }

    [Fact]
    public async Task Should_accept_the_initial_count_while_others_create_issues()
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1), Copy(2)],
            }
        );
        await StartAsync(("GITHUB_SETTLE", "60"));
        List("""[{"number":1,"title":"x","state":"open"}]""");
        await SendAsync(Prepare());
        var place = (await AnswerAsync<RepositoryMigrationDeferred>()).Place;

        // GitHub now counts three and lists two.
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                Issues = [Copy(1), Copy(2), new() { Title = "Ours" }],
            }
        );
        List("""[{"number":1,"title":"x","state":"open"},{"number":2,"title":"y","state":"open"}]""");
        await SendAsync(Prepare() with { Place = place });
        await AnswerAsync<TargetPrepared>();
    }

    [Fact]
    public async Task Should_count_the_open_issues_of_all_its_commands()
    {
        GitHub.Seed(
            new()
            {
                FullName = Target,
                Id = TargetId,
                GenerateIssues = 2_050,
                GenerateClosedIssues = 40,
                GeneratePullRequests = 10,
            }
        );
        await StartAsync();
        await SendAsync(Prepare());
        var place = (await AnswerAsync<RepositoryMigrationDeferred>()).Place.ShouldNotBeNull();
        place.Doubt.ShouldBeNull();
        var before = GitHub.Repository(Target).Issues!.Take(1_900);
        place.Open.ShouldBe(before.Count(issue => issue.State == "open"), "on the pages before the one read again");

        await SendAsync(Prepare() with { Place = place });
        await AnswerAsync<TargetPrepared>();
    }

    void List(string page, int times = 1) =>
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 200,
                Body = page,
                Count = times,
            }
        );

    // Like the saga.
    async Task PrepareAsync(PrepareTarget command)
    {
        for (var answers = 1; Published<TargetPrepared>().Count == 0; answers++)
        {
            await SendAsync(command with { Place = Published<RepositoryMigrationDeferred>() is [.., var last] ? last.Place : null });
            await Until.TrueAsync(
                () => Published<TargetPrepared>().Count + Published<RepositoryMigrationDeferred>().Count == answers,
                $"answer {answers} is published"
            );
        }
    }

    static LedgerKey Key => new(SourceId, TargetId);

    static SeedIssue Copy(int number, string state = "open") =>
        new()
        {
            Title = $"Issue {number}",
            Body = $"Text\n\n{new Marker(SourceId, Source, number).Render()}",
            State = state,
        };
}
