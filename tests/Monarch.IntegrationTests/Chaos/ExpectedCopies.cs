using System.Globalization;
using System.Text.RegularExpressions;
using Monarch.Sandbox.Model;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>Compares copies with what they should be, given the numbers of all copies in the target.</summary>
sealed partial class ExpectedCopies
{
    const string Notice = "*(continued in the next comment)*";

    readonly RepositoryView _source;
    readonly RepositoryView _target;
    readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="copies">The copies in the target, by their number in the source.</param>
    public ExpectedCopies(RepositoryView source, RepositoryView target, IReadOnlyDictionary<int, IssueView> copies)
    {
        (_source, _target) = (source, target);
        foreach (var (number, copy) in copies)
        {
            _numbers[Name(source, number)] = copy.Number;
        }
    }

    /// <summary>Whether a copy has the labels and the milestone of its issue.</summary>
    public static bool HasLabels(IssueView issue, IssueView copy) =>
        issue.Labels.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(copy.Labels) && issue.Milestone == copy.Milestone;

    /// <summary>
    /// Whether the text of a copy, with the comments in which it continues, is that of its issue, with each reference to the copy of the issue
    /// in question.
    /// </summary>
    public bool HasReferences(IssueView issue, IssueView copy)
    {
        string[] parts = [copy.Body ?? "", .. copy.Comments.Where(IsContinuation).Select(comment => comment.Body)];
        return WithoutSpace(Text(issue.Body)) == WithoutSpace(string.Concat(parts.Select(part => WrittenText(part).Replace(Notice, ""))));
    }

    /// <summary>Whether a copy has the comments of its issue and no others, in their order.</summary>
    public bool HasComments(IssueView issue, IssueView copy) =>
        issue
            .Comments.Select(comment => Text(comment.Body))
            .SequenceEqual(
                copy.Comments.Where(comment => !IsContinuation(comment)).Select(comment => WrittenText(Heading().Replace(comment.Body, "")))
            );

    /// <summary>Whether a copy has the copies of the parent, of the sub-issues in their order, and of the blocking issues.</summary>
    public bool HasRelations(IssueView issue, IssueView copy) =>
        copy.Parent == CopyOf(issue.Parent)
        && copy.SubIssues.SequenceEqual(issue.SubIssues.Select(CopyOf))
        && copy.BlockedBy.Order(StringComparer.Ordinal).SequenceEqual(issue.BlockedBy.Select(CopyOf).Order(StringComparer.Ordinal));

    static bool IsContinuation(CommentView comment) => comment.Body.EndsWith(" part=2 -->", StringComparison.Ordinal);

    static string WithoutSpace(string text) => string.Concat(text.Where(x => !char.IsWhiteSpace(x)));

    string Text(string? body) =>
        Reference()
            .Replace(
                body ?? "",
                x =>
                    x.Groups["repository"] is { Success: true, Value: var name } && name != _source.FullName ? x.Value
                    : x.Groups["number"] is { Success: true, Value: var number }
                    && _numbers.TryGetValue($"{_source.FullName}#{number}", out var copy)
                        ? string.Create(CultureInfo.InvariantCulture, $"#{copy}")
                    : x.Value
            );

    // Without Monarch's comments below the text.
    static string WrittenText(string? body) => body is null ? "" : Comments().Replace(body, "");

    // The name of a missing copy is that of the issue, which is in no target.
    string? CopyOf(string? issue) => issue is not null && _numbers.TryGetValue(issue, out var number) ? Name(_target, number) : issue;

    static string Name(RepositoryView repository, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{repository.FullName}#{number}");

    // Code is matched as a whole, so that nothing in it counts.
    [GeneratedRegex("`[^`]*`|(?<repository>[\\w.-]+/[\\w.-]+)?#(?<number>[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A\*\*[^\n]*\):\n\n", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\s*(<!-- monarch[^>]*-->\s*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Comments();
}
