using System.Collections;
using Monarch.Testing;
using Shouldly;

namespace Monarch.IntegrationTests.Compose;

/// <summary>The repository's compose file with its demo profile, run as a separate project on free ports.</summary>
sealed class ComposeProject : IAsyncDisposable
{
    // The first time it builds the image.
    static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(10);

    readonly string _name = $"monarch-test-{Environment.ProcessId}";
    readonly Dictionary<string, string> _environment = Environment
        .GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public ComposeProject()
    {
        _environment["WEB_PORT"] = $"{Web.Port}";
        _environment["SANDBOX_PORT"] = $"{Sandbox.Port}";
    }

    /// <summary>The Bridge's API, which requires <see cref="ApiKey"/>.</summary>
    public Uri Web { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    public Uri Sandbox { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    /// <summary>As <c>.env.demo</c> has it.</summary>
    public static string ApiKey => "demo";

    public Task<string> UpAsync(int workers) => RunAsync("up", "-d", "--build", "--scale", $"workers={workers}");

    /// <summary>The service and state of each container of the project, as reported by Docker.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync() =>
        (
            await RunAsync(
                "docker",
                [
                    "ps",
                    "-a",
                    "--filter",
                    $"label=com.docker.compose.project={_name}",
                    "--format",
                    """{{.Label "com.docker.compose.service"}} {{.Status}}""",
                ]
            )
        ).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync() => await RunAsync("down", "-v");

    Task<string> RunAsync(params string[] command) =>
        RunAsync("docker-compose", ["-p", _name, "--env-file", ".env.demo", "--profile", "demo", .. command]);

    async Task<string> RunAsync(string program, string[] arguments)
    {
        await using var process = await ChildProcess.StartAsync(program, arguments, _environment, Repository.Root);
        var exitCode = await process.WaitForExitAsync(LongestCommand);
        exitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{process.Output}");
        return process.Output;
    }
}
