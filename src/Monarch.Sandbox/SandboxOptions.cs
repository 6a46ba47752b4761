namespace Monarch.Sandbox;

/// <summary>
/// How a sandbox starts. Every property is a plain setting, so that a configuration section or command line binds to it.
/// The defaults are an ideal GitHub and Slack: no limits, no latency, no faults, every token and every Slack channel is known.
/// </summary>
public sealed class SandboxOptions
{
    /// <summary>Where the sandbox listens; port 0 takes a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>The GitHub tokens that are known. Empty (the default): every token is, and belongs to <c>monarch-bot</c>.</summary>
    public IList<SandboxToken> Tokens { get; set; } = [];

    /// <summary>The GitHub Apps that are known; none by default. Each signs with a key of its own, so one is wanted for each.</summary>
    public IList<SandboxApp> Apps { get; set; } = [];

    /// <summary>The Slack tokens that are known. Empty (the default): every token is, and belongs to <c>monarch-bot</c>.</summary>
    public IList<SandboxToken> SlackTokens { get; set; } = [];

    /// <summary>The Slack channels that exist. Empty (the default): every channel does, and the bot is in it.</summary>
    public IList<SandboxChannel> SlackChannels { get; set; } = [];

    /// <summary>The rate limits at the start; all off by default.</summary>
    public SandboxLimits Limits { get; set; } = new();

    /// <summary>Latency and faults at the start; none by default.</summary>
    public SandboxFaults Faults { get; set; } = new();

    /// <summary>The repositories that are there at the start; none by default.</summary>
    public IList<SeedRepository> Repositories { get; set; } = [];

    /// <summary>
    /// Whether the links of a listing of issues lead to pages by their number, as an Enterprise Server's do and GitHub's did until 2025.
    /// False (the default): by a cursor, which leads to the next page and the one before.
    /// </summary>
    public bool NumberedPages { get; set; }

    /// <summary>
    /// A folder to write GitHub's requests and answers into, as JSON, for a check against GitHub's own description; null: none is written.
    /// Default: the environment's <c>SANDBOX_RECORD</c>, which <c>./monarch test --contract</c> sets.
    /// </summary>
    public string? Record { get; set; } = Environment.GetEnvironmentVariable("SANDBOX_RECORD");

    /// <summary>
    /// What a listing of a repository with issues off answers: 410 (false, the default) or its pull requests alone (true).
    /// GitHub documents 410 for creating and reading an issue and is silent about the listing, so a client must bear both.
    /// </summary>
    public bool ListPullRequestsWhenIssuesAreOff { get; set; }
}
