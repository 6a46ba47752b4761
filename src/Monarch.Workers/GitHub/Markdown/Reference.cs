namespace Monarch.Workers.GitHub.Markdown;

/// <summary>A reference to an issue, pull request or discussion, as GitHub finds it in a text.</summary>
/// <param name="Start">The first position in the source text.</param>
/// <param name="End">The position after the last one.</param>
/// <param name="NumberStart">The position of the number.</param>
/// <param name="Place">What may be written in its place.</param>
/// <param name="Repository">The full name of the repository.</param>
/// <param name="Number">The number.</param>
/// <param name="Text">What a reader sees: the short form as it is written, or <c>owner/name#12</c> for an address.</param>
/// <param name="Path">Its path below the repository's address: <c>issues/12</c>, or what the address says.</param>
/// <param name="JoinsBefore">Whether the character before belongs to the same text, so that a word could continue.</param>
/// <param name="JoinsAfter">Whether the character after belongs to the same text.</param>
sealed record Reference(
    int Start,
    int End,
    int NumberStart,
    TextPlace Place,
    string Repository,
    int Number,
    string Text,
    string Path,
    bool JoinsBefore,
    bool JoinsAfter
);
