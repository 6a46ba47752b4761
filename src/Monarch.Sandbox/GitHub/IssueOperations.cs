using Monarch.Sandbox.GitHub.References;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The operations of the issue endpoints.</summary>
/// <remarks>https://docs.github.com/rest/issues/issues</remarks>
sealed class IssueOperations(GitHubState state)
{
    public Answer List(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseIssues(call, repository) is { } refusal)
        {
            return refusal;
        }

        if (!repository.HasIssues && !state.Options.ListPullRequestsWhenIssuesAreOff)
        {
            return GitHubErrors.IssuesAreOff(call.Documentation);
        }

        var query = IssueQuery.Read(call.Http.Query, repository, out var invalid);
        if (invalid is not null)
        {
            return GitHubErrors.ValidationFailed(call.Documentation, new ErrorDetailJson("Issue", "invalid", invalid));
        }

        if (state.Faults.EmptiesListing())
        {
            return GitHubSerializer.Answer(200, new List<IssueJson>(), call.Version);
        }

        var page = repository.List(query, state.ListedUntil());
        var writer = new IssueWriter(state, call.BaseUrl, repository);
        var issues = new List<IssueJson>(page.Issues.Count);
        foreach (var issue in page.Issues)
        {
            issues.Add(writer.Write(issue));
        }

        var url = $"{call.BaseUrl}repositories/{repository.Id}/issues";
        return GitHubSerializer
            .Answer(200, issues, call.Version)
            .WithLink(
                state.Options.NumberedPages
                    ? LinkHeader.ByNumber(url, call.Http.Query, query.Page, page.Total)
                    : LinkHeader.ByCursor(url, call.Http.Query, query, page)
            );
    }

    public Answer Get(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseIssues(call, repository) is { } refusal)
        {
            return refusal;
        }

        return repository.Find(call.Number) switch
        {
            { IsDeleted: true } => GitHubErrors.Deleted(call.Documentation),
            { IsPullRequest: false } when !repository.HasIssues => GitHubErrors.IssuesAreOff(call.Documentation),
            { } issue => GitHubSerializer.Answer(200, new IssueWriter(state, call.BaseUrl, repository).Write(issue), call.Version),
            null => GitHubErrors.NotFound(call.Documentation),
        };
    }

    public Answer Create(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseWrite(call, repository) is { } refusal)
        {
            return refusal;
        }

        var trusted = call.Caller.PermissionIn(repository) >= Permission.Push;
        var (input, inputRefusal) = IssueInput.Read(call, repository, state, trusted);
        if (input is null)
        {
            return inputRefusal!;
        }

        var now = state.Time.GetUtcNow();
        var labels = repository.Labels.Resolve(input.Labels ?? [], now);
        var issue = repository.Add(number => new Issue
        {
            Id = state.Repositories.NextIssueId(),
            Number = number,
            Title = input.Title!,
            Body = input.Body,
            User = call.Caller.Account.Login,
            Labels = labels,
            Assignees = input.Assignees ?? [],
            Milestone = input.Milestone,
            Type = input.Type,
            CreatedAt = now,
            UpdatedAt = now,
            InsertedAt = now,
        });
        state.RecordReferences(repository, issue, issue.Body);
        state.Requests.CountCreation(now);
        var writer = new IssueWriter(state, call.BaseUrl, repository);
        return GitHubSerializer.Answer(201, writer.Write(issue), call.Version).With("Location", writer.UrlOf(issue));
    }

    public Answer Update(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseWrite(call, repository) is { } refusal)
        {
            return refusal;
        }

        if (repository.Find(call.Number) is not { } before)
        {
            return GitHubErrors.NotFound(call.Documentation);
        }

        if (before.IsDeleted)
        {
            return GitHubErrors.Deleted(call.Documentation);
        }

        var trusted = call.Caller.PermissionIn(repository) >= Permission.Triage;
        if (!trusted && before.User != call.Caller.Account.Login)
        {
            return GitHubErrors.MustHaveAdminRights(call.Documentation);
        }

        var (input, inputRefusal) = IssueInput.Read(call, repository, state, trusted);
        if (input is null)
        {
            return inputRefusal!;
        }

        var now = state.Time.GetUtcNow();
        var labels = input.Labels is null ? null : repository.Labels.Resolve(input.Labels, now);
        var changed = repository.Change(before.Number, issue => Change(issue, input, labels, call.Caller.Account.Login, now));
        state.RecordReferences(repository, changed, changed.Body);
        return GitHubSerializer.Answer(200, new IssueWriter(state, call.BaseUrl, repository).Write(changed), call.Version);
    }

    static Issue Change(Issue issue, IssueInput input, IReadOnlyList<string>? labels, string login, DateTimeOffset now)
    {
        var opens = input.State is null ? issue.IsOpen : input.State == "open";
        return issue with
        {
            Title = input.Title ?? issue.Title,
            Body = input.HasBody ? input.Body : issue.Body,
            IsOpen = opens,
            StateReason =
                opens == issue.IsOpen ? issue.StateReason
                : opens ? "reopened"
                : input.StateReason ?? "completed",
            ClosedAt = opens ? null : issue.ClosedAt ?? now,
            ClosedBy =
                opens ? null
                : issue.IsOpen ? login
                : issue.ClosedBy,
            Labels = labels ?? issue.Labels,
            Assignees = input.Assignees ?? issue.Assignees,
            Milestone = input.HasMilestone ? input.Milestone : issue.Milestone,
            Type = input.HasType ? input.Type : issue.Type,
            UpdatedAt = now,
        };
    }
}
