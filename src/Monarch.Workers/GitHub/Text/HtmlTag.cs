namespace Monarch.Workers.GitHub.Text;

/// <summary>A tag, or a comment (with an empty name), and the positions of its first and last character.</summary>
readonly record struct HtmlTag(int Start, int End, string Name, bool IsClosing)
{
    /// <summary>Represents the tags rendered for emphasis, links and code, which have no position in the source.</summary>
    public static readonly HtmlTag OfMarkdown = new(-1, -1, "", IsClosing: false);

    /// <summary>Whether GitHub ignores mentions inside the tag.</summary>
    public bool IsCode => Name is "code" or "pre" or "tt";
}
