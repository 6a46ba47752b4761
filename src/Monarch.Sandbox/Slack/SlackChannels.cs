using System.Text.RegularExpressions;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Slack;

/// <summary>The existing channels: the configured ones, or any.</summary>
sealed partial class SlackChannels(IList<SandboxChannel> configured)
{
    public SandboxChannel? ById(string id) =>
        configured.Count > 0 ? configured.FirstOrDefault(c => c.Id == id)
        : EncodedId().IsMatch(id) ? new SandboxChannel { Id = id }
        : null;

    /// <summary>By encoded id, or by name with or without <c>#</c>.</summary>
    public SandboxChannel? Find(string idOrName)
    {
        var name = idOrName.TrimStart('#');
        if (ById(idOrName) is { } channel || name.Length == 0)
        {
            return ById(idOrName);
        }

        return configured.Count > 0 ? configured.FirstOrDefault(c => c.Name == name) : new SandboxChannel { Id = IdOf(name), Name = name };
    }

    static string IdOf(string name)
    {
        var hash = 0UL;
        foreach (var c in name)
        {
            hash = hash * 131 + c;
        }

        return $"C0{hash % 1_000_000_000:D9}";
    }

    [GeneratedRegex(@"^[CDG][A-Z0-9]{6,}\z")]
    private static partial Regex EncodedId();
}
