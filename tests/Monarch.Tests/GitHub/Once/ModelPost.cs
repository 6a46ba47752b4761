using System.Net;
using System.Text.Json;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Tests.GitHub.Once;

/// <summary>A post in flight. GitHub carries it out at some time before the deadline, or not at all.</summary>
sealed class ModelPost(NewIssue issue, DateTimeOffset deadline)
{
    readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
    Issue? _created;

    public DateTimeOffset Deadline => deadline;

    public Task<HttpResponseMessage> Answer => _answer.Task;

    public void CarryOut(ModelGitHub gitHub, TimeSpan lag) => _created ??= gitHub.Create(issue, lag);

    /// <summary>Ends the post with its actual result.</summary>
    public void AnswerWithResult() =>
        _answer.TrySetResult(
            _created is { } created
                ? ModelGitHub.Answer(HttpStatusCode.Created, JsonSerializer.Serialize(created, GitHubJson.Default.Issue))
                : ModelGitHub.Answer(HttpStatusCode.TooManyRequests, "{}")
        );

    public void AnswerWithError() => _answer.TrySetResult(ModelGitHub.Answer(HttpStatusCode.BadGateway, "<html>"));

    public void Cut() => _answer.TrySetException(new HttpRequestException(HttpRequestError.ResponseEnded, "cut"));

    public void TimeOut() => _answer.TrySetException(new TaskCanceledException("too late"));
}
