using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Sandbox;
using Monarch.Tests.GitHub.Endpoints;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Text;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Targets;

public sealed class Preparing_a_target : EndpointTest
{
    [Fact]
    public async Task Should_learn_from_the_markers_what_is_there_however_old_or_closed()
    {
        GitHub.Seed(new()
        {
            FullName = Target,
            Issues =
            [
                new() { Title = "their own", Body = "no marker" },
                Copy(3, state: "closed"),
                new() { Title = "no body", Body = null },
                new() { Title = "of another source", Body = new Marker(12, "school/other", 5).Render() },
                new() { Title = "a pull request", Body = new Marker(SourceId, Source, 6).Render(), IsPullRequest = true },
                new() { Title = "the marker is not its last line", Body = new Marker(SourceId, Source, 7).Render() + "\nquoted" },
                .. Enumerable.Range(100, 150).Select(number => Copy(number)),
                Copy(3),
            ],
        });
        await StartAsync();
        var command = Prepare();
        await SendAsync(command);

        var prepared = await AnswerAsync<TargetPrepared>();
        (prepared.PairId, prepared.CommandId, prepared.TargetFullName).ShouldBe((command.PairId, command.CommandId, Target));
        var there = await Services.GetRequiredService<ILedger>().GetCreatedAsync(new(SourceId, TargetId), [3, 5, 6, 7, 100, 249], Ct);
        there.ShouldBe(new Dictionary<int, int> { [3] = 2, [100] = 7, [249] = 156 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_tell_the_present_name_of_one_that_was_renamed_whoever_has_taken_its_old_one(bool taken)
    {
        GitHub.Seed(new() { FullName = Target, Id = TargetId, Issues = [Copy(1)] });
        GitHub.Rename(Target, "teams/renamed");
        if (taken)
        {
            GitHub.Seed(new() { FullName = Target, Id = 99, Issues = [Copy(2)] });
        }

        await StartAsync();
        await SendAsync(Prepare());
        (await AnswerAsync<TargetPrepared>()).TargetFullName.ShouldBe("teams/renamed");
        (await Services.GetRequiredService<ILedger>().GetCreatedAsync(new(SourceId, TargetId), Ct)).Keys.ShouldBe([1]);
    }

    [Fact]
    public async Task Should_refuse_one_that_was_given_to_an_owner_who_is_not_allowed()
    {
        GitHub.Rename(Target, "strangers/one");
        await StartAsync(("MONARCH_ALLOWED_OWNERS", "school, teams"));
        await SendAsync(Prepare());
        (await AnswerAsync<RepositoryMigrationRefused>()).Failure.Message.ShouldContain("teams/one is strangers/one now");
        GitHub.Requests().Of("GET issues").ShouldBe(0);
    }

    [Theory]
    [InlineData("archived", "archived")]
    [InlineData("disabled", "disabled")]
    [InlineData("issues off", "turned off")]
    [InlineData("read-only", "not write")]
    [InlineData("missing", "Not Found")]
    public async Task Should_refuse_one_that_takes_no_issues_before_the_first_is_sent(string how, string expected)
    {
        GitHub.Change(Target, how switch
        {
            "archived" => new() { Archived = true },
            "disabled" => new() { Disabled = true },
            "issues off" => new() { HasIssues = false },
            "read-only" => new RepositoryFlags { Permission = "pull" },
            _ => new() { Missing = true },
        });
        await StartAsync();
        await SendAsync(Prepare());

        var failure = (await AnswerAsync<RepositoryMigrationRefused>()).Failure;
        (failure.Kind, failure.Remedy is null).ShouldBe((FailureKind.RefusedTarget, false));
        failure.Message.ShouldContain(expected);
        Errors.ShouldBeEmpty();
    }

    static SeedIssue Copy(int number, string state = "open") =>
        new() { Title = $"Issue {number}", Body = $"Text\n\n{new Marker(SourceId, Source, number).Render()}", State = state };
}
