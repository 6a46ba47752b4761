namespace Monarch.Sandbox.Model;

/// <summary>The current state of an issue or pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body; null when it has none.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="IsPullRequest">Whether it is a pull request.</param>
/// <param name="User">Its author's login; null when the account was deleted.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="CreatedAt">When it was created (UTC), to the tick.</param>
public sealed record IssueView(
    int Number,
    string Title,
    string? Body,
    string State,
    bool IsPullRequest,
    string? User,
    IReadOnlyList<string> Labels,
    DateTimeOffset CreatedAt
);
