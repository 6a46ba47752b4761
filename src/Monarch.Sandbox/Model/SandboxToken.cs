namespace Monarch.Sandbox.Model;

/// <summary>A valid token of GitHub or Slack and its account. Tokens with the same <see cref="Id"/> share that account's limits.</summary>
public sealed class SandboxToken
{
    /// <summary>The token as sent in the <c>Authorization</c> header.</summary>
    public string Token { get; set; } = "";

    /// <summary>The account's login. Default <c>monarch-bot</c>.</summary>
    public string Login { get; set; } = "monarch-bot";

    /// <summary>The account's numeric id.</summary>
    public long Id { get; set; } = 9_000_001;

    /// <summary>
    /// The repositories of a fine-grained token: <c>owner/name</c> or <c>owner/*</c>. Empty (the default): all.
    /// Others answer 404 when private, and are read-only when public.
    /// </summary>
    public IList<string> Repositories { get; set; } = [];

    /// <summary>Whether the token lacks the permission <c>Issues: write</c>. Default false.</summary>
    public bool ReadOnly { get; set; }
}
