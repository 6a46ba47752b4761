using System.Globalization;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Identifies a comment that is added to a copy.</summary>
/// <param name="Id">GitHub's id of the comment in the source; 0 for the text of the issue itself, which continues in a comment.</param>
/// <param name="Part">1 for the beginning; a text that is too long for one comment continues in part 2.</param>
readonly record struct CommentKey(long Id, int Part)
{
    /// <summary>The most characters that a comment adds to a marker.</summary>
    public const int MaxLength = 35;

    const int MaxPart = 999;

    /// <summary>Whether a number in the ledger is that of a comment in which the text of the issue continues.</summary>
    public static bool IsContinuation(long number) => number <= MaxPart;

    /// <summary>The number in the ledger, unique among the comments of an issue.</summary>
    public long Number => (Id * (MaxPart + 1)) + Part;

    /// <summary>As it stands in a marker.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Id == 0 ? "" : $" comment={Id}")}{(Part == 1 ? "" : $" part={Part}")}");

    /// <summary>Reads the parts of a marker; null without any.</summary>
    public static CommentKey? Read(string id, string part) =>
        id.Length == 0 && part.Length == 0
            ? null
            : new(
                id.Length == 0 ? 0 : long.Parse(id, CultureInfo.InvariantCulture),
                part.Length == 0 ? 1 : int.Parse(part, CultureInfo.InvariantCulture)
            );
}
