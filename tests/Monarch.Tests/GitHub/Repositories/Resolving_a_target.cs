using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Tests.GitHub.Endpoints;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Repositories;

public sealed class Resolving_a_target : EndpointTest
{
    [Theory]
    [InlineData("teams/one")]
    [InlineData("TEAMS/One")]
    [InlineData("teams/former")]
    public async Task Should_return_the_id_and_the_current_name(string requested)
    {
        GitHub.Rename(Target, "teams/former");
        GitHub.Rename("teams/former", Target);
        await StartAsync();
        var command = Resolve(requested);
        await SendAsync(command);

        var resolved = await AnswerAsync<TargetResolved>();
        (resolved.BatchId, resolved.TargetIndex, resolved.RepositoryId, resolved.FullName).ShouldBe((command.BatchId, 1, TargetId, Target));
    }

    [Fact]
    public async Task Should_refuse_a_target_moved_to_an_owner_that_is_not_allowed()
    {
        GitHub.Rename(Target, "strangers/one");
        await StartAsync(("MONARCH_ALLOWED_OWNERS", "school, teams"));
        var command = Resolve();
        await SendAsync(command);

        var refused = await AnswerAsync<TargetRefused>();
        (refused.BatchId, refused.TargetIndex, refused.Failure.Kind).ShouldBe((command.BatchId, 1, FailureKind.RefusedTarget));
        refused.Failure.Message.ShouldBe("teams/one is now strangers/one, and strangers is not among MONARCH_ALLOWED_OWNERS.");
        refused.Failure.Remedy!.ShouldContain("strangers");
        Published<TargetResolved>().ShouldBeEmpty();
        Errors.ShouldBeEmpty();
    }
}
