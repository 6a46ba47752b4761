using Monarch.Contracts;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

/// <summary>GitHub refuses to create an issue and gives no reason that concerns the issue.</summary>
public sealed class Being_refused_without_a_reason : CopyTest
{
    const string TooQuickly =
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"unprocessable","field":"data","message":"was submitted too quickly"}]}""";
    const string Spammed = """{"message":"Validation failed, or the endpoint has been spammed."}""";
    const string Unknown =
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"base","message":"something new"}]}""";

    [Theory]
    [InlineData(422, TooQuickly, true)]
    [InlineData(422, Spammed, true)]
    [InlineData(422, Unknown, false)]
    [InlineData(400, """{"message":"Problems parsing JSON"}""", false)]
    [InlineData(409, """{"message":"Conflict"}""", false)]
    [InlineData(404, """{"message":"Not Found"}""", false)]
    public async Task Should_wait_and_then_create_all_in_order(int status, string body, bool slowsTheAccount)
    {
        await SnapshotAsync(8);
        Script(
            before: 2,
            new()
            {
                Status = status,
                Body = body,
                Count = 2,
            }
        );
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created, slice.Rejected.Count, slice.EndedBy!.Status).ShouldBe((2, 2, 0, status));
        (slice.EndedBy.RetryAt is not null).ShouldBe(slowsTheAccount);

        Time.Advance(6);
        var refusal = await Should.ThrowAsync<GitHubException>(() => CopyAsync(slice.Next));
        (refusal.Failure.Kind == FailureKind.RejectedIssue, refusal.Failure.Status, refusal.MayHaveHappened).ShouldBe(
            (false, status, false)
        );

        Time.Advance(6);
        (await CopyAsync(slice.Next))!.Created.ShouldBe(6);
        Titles().ShouldBe(TitlesTo(8));
        (await Ledger.GetRejectedAsync(Pair, Ct)).ShouldBeEmpty();
    }
}
