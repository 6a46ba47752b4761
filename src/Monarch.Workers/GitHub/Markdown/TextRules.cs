using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>What changes in the source's text when it is copied.</summary>
sealed record TextRules
{
    public static readonly TextRules Default = new();

    /// <summary>The repository whose references are rewritten; null leaves all references as they are.</summary>
    public ReferenceSource? Source { get; init; }

    /// <summary>The number of an issue's copy; null where it has none.</summary>
    public Func<int, int?> CopyOf { get; init; } = _ => null;

    /// <summary>Whether mentions stay as they are, and notify.</summary>
    public bool KeepMentions { get; init; }

    /// <summary>Changes a text.</summary>
    /// <param name="text">The text of the source.</param>
    /// <param name="document">The parsed text; null when the parser rejected it.</param>
    public string Apply(string text, MarkdownDocument? document)
    {
        TextEdit[] mentions = KeepMentions ? [] : [.. Mentions.Edits(text, document)];
        return Source is null ? TextEdit.Apply(text, mentions) : References.Rewrite(text, document, Source, CopyOf, mentions);
    }
}
