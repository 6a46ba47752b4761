namespace Monarch.Workers.GitHub.Markdown;

/// <summary>A part of a text that is too long for one body. The contents of all parts, joined, are the text.</summary>
/// <param name="Opening">The line that opens a block again that was cut; usually empty.</param>
/// <param name="Content">The part's range of the text.</param>
/// <param name="Closing">The line that closes a block that was cut, and the notice that the text goes on; empty for the last part.</param>
sealed record BodyPart(string Opening, string Content, string Closing)
{
    /// <summary>What is written.</summary>
    public string Text => Opening + Content + Closing;
}
