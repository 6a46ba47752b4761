namespace Monarch.Contracts.Migrations;

/// <summary>A part of an issue that its copy lacks or has in another form, and why.</summary>
public sealed record IssueNote
{
    /// <summary>The issue's number in the source; 0 when the note is about the target as a whole.</summary>
    public required int Number { get; init; }

    /// <summary>What happened to the part.</summary>
    public required NoteKind Kind { get; init; }

    /// <summary>The part, such as <c>labels</c>, <c>milestone</c>, <c>type</c>, <c>assignees</c>, <c>sub-issues</c>.</summary>
    public required string Field { get; init; }

    /// <summary>What the copy lacks or has instead, and the cause with its remedy.</summary>
    public required string Message { get; init; }
}

/// <summary>What happened to a part of an issue.</summary>
public enum NoteKind
{
    /// <summary>The copy lacks it.</summary>
    Dropped = 0,

    /// <summary>The copy has it in another form.</summary>
    Converted = 1,

    /// <summary>The copy was edited in the target and is kept as it is.</summary>
    Kept = 2,
}
