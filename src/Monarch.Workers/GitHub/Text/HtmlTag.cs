namespace Monarch.Workers.GitHub.Text;

/// <summary>A tag, or a comment (whose name is empty), by its place in the source: the first and the last character.</summary>
readonly record struct HtmlTag(int Start, int End, string Name, bool IsClosing)
{
    /// <summary>Stands for the tags that emphasis, links and code become, which have no place in the source.</summary>
    public static readonly HtmlTag OfMarkdown = new(-1, -1, "", IsClosing: false);

    /// <summary>GitHub finds no mention in the text of these.</summary>
    public bool IsCode => Name is "code" or "pre" or "tt";
}
