using System.Globalization;
using System.Net.Http.Json;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>Changes the source of a round: titles, texts and labels, a new issue and a new comment.</summary>
sealed class ChangedTemplate(SandboxServer sandbox) : IDisposable
{
    const string NewTitle = "Ticket of the second day";
    const string NewComment = "A comment of the second day, see #1.";
    static readonly int[] Changed = [2, 7, 13, 21, 30];

    readonly HttpClient _http = new() { BaseAddress = sandbox.GitHubUrl, Timeout = TimeSpan.FromSeconds(2) };

    public async Task ApplyAsync()
    {
        foreach (var number in Changed)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"Ticket {number} of the second day");
            var change = new
            {
                title,
                body = $"{Issue(number).Body}\n\nChanged: see #1.",
                labels = new[] { "bug" },
            };
            await SendAsync(HttpMethod.Patch, $"issues/{number}", change, () => Issue(number).Title == title);
        }

        await SendAsync(
            HttpMethod.Post,
            "issues",
            new { title = NewTitle, body = "After #1" },
            () => Issues.Any(issue => issue.Title == NewTitle)
        );
        await SendAsync(
            HttpMethod.Post,
            "issues/1/comments",
            new { body = NewComment },
            () => Issue(1).Comments.Any(comment => comment.Body == NewComment)
        );
    }

    public void Dispose() => _http.Dispose();

    IReadOnlyList<IssueView> Issues => sandbox.Repository(ChaosTemplate.Name).Issues!;

    IssueView Issue(int number) => Issues.Single(issue => issue.Number == number);

    /// <summary>Sends a request until it is carried out: the sandbox's faults apply to all.</summary>
    Task SendAsync(HttpMethod method, string path, object content, Func<bool> isDone) =>
        Until.TrueAsync(
            async () =>
            {
                try
                {
                    using var request = new HttpRequestMessage(method, new Uri($"repos/{ChaosTemplate.Name}/{path}", UriKind.Relative));
                    request.Headers.Authorization = new("Bearer", "an-instructor");
                    request.Headers.UserAgent.Add(new("instructor", "1"));
                    request.Content = JsonContent.Create(content);
                    using var answer = await _http.SendAsync(request);
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException) { } // Its outcome is looked up.

                return isDone();
            },
            $"the source is changed by {method} {path}"
        );
}
