namespace Monarch.Sandbox.Model;

/// <summary>
/// The settings of a sandbox at its start. Every property can be bound from a configuration section or command line.
/// The defaults are an ideal GitHub and Slack: no limits, latency or faults; every token and every Slack channel is accepted.
/// </summary>
public sealed class SandboxOptions
{
    /// <summary>The address on which the sandbox listens; port 0 selects a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>The valid GitHub tokens. Empty (the default): every token is valid and belongs to <c>monarch-bot</c>.</summary>
    public IList<SandboxToken> Tokens { get; set; } = [];

    /// <summary>The registered GitHub Apps; none by default. Each has its own key.</summary>
    public IList<SandboxApp> Apps { get; set; } = [];

    /// <summary>The valid Slack tokens. Empty (the default): every token is valid and belongs to <c>monarch-bot</c>.</summary>
    public IList<SandboxToken> SlackTokens { get; set; } = [];

    /// <summary>The existing Slack channels. Empty (the default): every channel exists and the bot is a member.</summary>
    public IList<SandboxChannel> SlackChannels { get; set; } = [];

    /// <summary>The initial rate limits; all off by default.</summary>
    public SandboxLimits Limits { get; set; } = new();

    /// <summary>The initial latency and faults; none by default.</summary>
    public SandboxFaults Faults { get; set; } = new();

    /// <summary>The initial repositories; none by default.</summary>
    public IList<SeedRepository> Repositories { get; set; } = [];

    /// <summary>The initial organisations with their issue types; none by default.</summary>
    public IList<SeedOrganisation> Organisations { get; set; } = [];

    /// <summary>
    /// Whether GitHub is an Enterprise Server from before sub-issues, dependencies and issue types: their addresses answer 404, and issues
    /// lack their properties. Default false.
    /// </summary>
    public bool OlderEnterpriseServer { get; set; }

    /// <summary>
    /// Whether an issue listing links to pages by number, as Enterprise Server does and GitHub did until 2025.
    /// False (the default): by cursor, to the next and the previous page.
    /// </summary>
    public bool NumberedPages { get; set; }

    /// <summary>
    /// The folder into which GitHub's requests and answers are written as JSON, for validation against GitHub's OpenAPI description;
    /// null: none is written. Default: the environment variable <c>SANDBOX_RECORD</c>, which <c>./monarch test --contract</c> sets.
    /// </summary>
    public string? Record { get; set; } = Environment.GetEnvironmentVariable("SANDBOX_RECORD");

    /// <summary>
    /// The answer to listing the issues of a repository with issues disabled: 410 (false, the default) or only its pull requests (true).
    /// GitHub documents 410 for creating and reading an issue but not for the listing, so a client must handle both.
    /// </summary>
    public bool ListPullRequestsWhenIssuesAreOff { get; set; }
}
