namespace Monarch.Sandbox.Model;

/// <summary>An existing Slack channel.</summary>
public sealed class SandboxChannel
{
    /// <summary>The encoded id, such as <c>C06GHMZB3M3</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name without <c>#</c>; null when the channel is addressed by id only.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the channel is archived (<c>is_archived</c>). Default false.</summary>
    public bool Archived { get; set; }

    /// <summary>Whether the bot is a member; if not, posting answers <c>not_in_channel</c>. Default true.</summary>
    public bool Joined { get; set; } = true;
}
