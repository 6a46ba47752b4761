namespace Monarch.Sandbox.Model;

/// <summary>An initial comment on an issue.</summary>
public sealed class SeedComment
{
    /// <summary>The author's login; null: <c>user</c> is null. Default <c>octocat</c>.</summary>
    public string? User { get; set; } = "octocat";

    /// <summary>The Markdown body.</summary>
    public string Body { get; set; } = "";

    /// <summary>When it was created (UTC); null: a minute after the issue or the comment before it.</summary>
    public DateTimeOffset? CreatedAt { get; set; }
}
