namespace Monarch.Sandbox;

/// <summary>A token that GitHub or Slack knows, and the account behind it. Two tokens with one <see cref="Id"/> share that account's limits.</summary>
public sealed class SandboxToken
{
    /// <summary>The token as it stands in the <c>Authorization</c> header.</summary>
    public string Token { get; set; } = "";

    /// <summary>The account's login. Default <c>monarch-bot</c>.</summary>
    public string Login { get; set; } = "monarch-bot";

    /// <summary>The account's numeric id.</summary>
    public long Id { get; set; } = 9_000_001;

    /// <summary>
    /// The repositories that a fine-grained token was given: <c>owner/name</c> or <c>owner/*</c>. Empty (the default): all.
    /// Others are not found when private, and cannot be written when public.
    /// </summary>
    public IList<string> Repositories { get; set; } = [];

    /// <summary>Whether the token lacks the permission <c>Issues: write</c>. Default false.</summary>
    public bool ReadOnly { get; set; }
}
