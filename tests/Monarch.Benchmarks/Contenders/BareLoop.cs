using System.Net.Http.Headers;
using System.Text.Json;
using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Contenders;

/// <summary>The least that copying takes: one issue at a time per target, targets side by side, nothing else.</summary>
sealed class BareLoop : Contender
{
    readonly SandboxProcess _sandbox;
    readonly HttpClient _http;

    public BareLoop(SandboxProcess sandbox)
    {
        _sandbox = sandbox;
        _http = new() { BaseAddress = sandbox.GitHubUrl };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("bare-loop");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxProcess.Token);
    }

    public override string Name => "bare loop";

    public override IReadOnlyList<MeasuredProcess> Processes { get; } = [new("loop", Environment.ProcessId)];

    public override async Task<DateTimeOffset> CopyAsync(string source, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var template = await _sandbox.ReadAsync(source, cancellationToken);
        byte[][] issues =
        [
            .. template.Issues!.Select(issue => JsonSerializer.SerializeToUtf8Bytes(new { title = issue.Title, body = issue.Body })),
        ];
        var began = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(targets.Select(target => CopyAsync(issues, target, cancellationToken)));
        return began;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task CopyAsync(byte[][] issues, string target, CancellationToken cancellationToken)
    {
        foreach (var issue in issues)
        {
            using var content = new ByteArrayContent(issue);
            content.Headers.ContentType = new("application/json");
            using var answer = await _http.PostAsync($"repos/{target}/issues", content, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }
}
