using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Losing_the_connection
{
    [Fact]
    public async Task Should_report_no_creation_when_the_port_is_closed()
    {
        await using var services = GitHubStub.Services(ClosedPort.Find().ToString());

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(GitHubStub.Of(services)));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Failure.Status.ShouldBeNull();
        failure.Message.ShouldContain("no connection to 127.0.0.1");
        failure.MayHaveHappened.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_report_no_creation_when_the_name_is_unknown()
    {
        await using var services = GitHubStub.Services("http://github.invalid/");

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(GitHubStub.Of(services)));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Message.ShouldContain("github.invalid");
        failure.MayHaveHappened.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_report_a_possible_creation_when_the_connection_is_cut_before_the_answer()
    {
        await using var github = await GitHubStub.StartAsync(x =>
        {
            x.Abort();
            return Task.CompletedTask;
        });

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github.Client));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.MayHaveHappened.ShouldBeTrue();
        github.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_report_a_possible_creation_when_the_connection_is_cut_in_the_body()
    {
        await using var github = await GitHubStub.StartAsync(x => x.CutInTheBodyAsync(201));

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github.Client));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.MayHaveHappened.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_report_a_possible_creation_when_a_kept_connection_is_cut()
    {
        var count = 0;
        await using var github = await GitHubStub.StartAsync(x =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                return x.AnswerAsync(201, GitHubStub.IssueJson(1));
            }

            x.Abort();
            return Task.CompletedTask;
        });
        await CreateAsync(github.Client);

        (await Should.ThrowAsync<GitHubException>(() => CreateAsync(github.Client))).MayHaveHappened.ShouldBeTrue();

        github.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_report_a_possible_creation_when_GitHub_does_not_answer_in_time()
    {
        await using var github = await GitHubStub.StartAsync(x => x.HangAsync(), timeout: "1");
        github.Client.Timeout.ShouldBe(TimeSpan.FromSeconds(1));

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github.Client));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Message.ShouldBe("GitHub did not answer within 1 s.");
        failure.MayHaveHappened.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_report_a_possible_creation_when_the_body_stalls()
    {
        await using var github = await GitHubStub.StartAsync(x => x.StallInTheBodyAsync(201), timeout: "1");

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github.Client));

        failure.Message.ShouldBe("GitHub did not answer within 1 s.");
        failure.MayHaveHappened.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_be_a_cancellation_when_the_caller_cancels_while_the_body_stalls()
    {
        using var caller = new CancellationTokenSource();
        await using var github = await GitHubStub.StartAsync(async x =>
        {
            var stalling = x.StallInTheBodyAsync(200);
            await caller.CancelAsync();
            await stalling;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => github.Client.GetRepositoryAsync(GitHubStub.RepositoryId, caller.Token));
    }

    [Fact]
    public async Task Should_never_report_a_possible_creation_for_a_read()
    {
        await using var github = await GitHubStub.StartAsync(x => x.CutInTheBodyAsync(200));

        var failure = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.MayHaveHappened.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_be_a_cancellation_when_the_caller_cancels()
    {
        using var caller = new CancellationTokenSource();
        await using var github = await GitHubStub.StartAsync(async x =>
        {
            await caller.CancelAsync();
            await x.HangAsync();
        });

        await Should.ThrowAsync<OperationCanceledException>(() =>
            github.Client.CreateIssueAsync(GitHubStub.RepositoryId, "x", "y", caller.Token)
        );
    }

    static Task<Issue> CreateAsync(GitHubClient client) =>
        client.CreateIssueAsync(GitHubStub.RepositoryId, "A ticket", "Text", TestContext.Current.CancellationToken);
}
