using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>What is reported of an issue that is not created, or not as it is in the source.</summary>
sealed partial class IssueCreator
{
    static IssueNote WithoutFields(SnapshotIssue issue, Failure failure) =>
        new()
        {
            Number = issue.Number,
            Kind = NoteKind.Dropped,
            Field = "labels, milestone, type, assignees",
            Message = $"GitHub rejected the issue with them, so it was created without: {failure.Message}",
        };

    static Failure Unreadable(CreateIssues command, SnapshotIssue issue, string field) =>
        new()
        {
            Kind = FailureKind.RejectedIssue,
            Message =
                issue.Number == 0
                    ? $"GitHub lists an issue of {command.SourceFullName} without a number that can be read."
                    : $"GitHub lists issue {issue.Number} of {command.SourceFullName} without a {field} that can be read.",
            Remedy = "Open the issue in the source, edit and save it, then retry the migration.",
        };

    static Failure Unexplained(Failure failure) =>
        failure with
        {
            Kind = FailureKind.RejectedIssue,
            Remedy =
                "GitHub has refused this issue again and again, and does not say what is wrong with it. Simplify it in the source, then migrate again: "
                + "only what is missing is created.",
        };

    Failure NotYet(string message, TimeSpan wait) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message = message,
            RetryAt = time.GetUtcNow() + wait,
        };
}
