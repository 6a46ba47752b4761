using System.Globalization;
using System.Text.Json;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Milestones;

/// <summary>The operations of the milestone endpoints.</summary>
/// <remarks>https://docs.github.com/rest/issues/milestones</remarks>
sealed class MilestoneOperations(GitHubState state)
{
    public Answer List(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseIssues(call, repository) is { } refusal)
        {
            return refusal;
        }

        var query = call.Http.Query;
        var (wanted, sort, direction) = (Text("state", "open"), Text("sort", "due_on"), Text("direction", "asc"));
        var invalid =
            wanted is not ("open" or "closed" or "all") ? "state"
            : sort is not ("due_on" or "completeness") ? "sort"
            : direction is not ("asc" or "desc") ? "direction"
            : null;
        if (invalid is not null)
        {
            return GitHubErrors.ValidationFailed(call.Documentation, new ErrorDetailJson("Milestone", "invalid", invalid));
        }

        var until = state.ListedUntil();
        var listed = repository
            .Milestones.All.Where(milestone => milestone.InsertedAt <= until && (wanted == "all" || milestone.IsOpen == (wanted == "open")))
            .OrderBy(milestone => sort == "due_on" ? (milestone.DueOn ?? DateTimeOffset.MaxValue).UtcTicks : Completeness(milestone))
            .ToList();
        if (direction == "desc")
        {
            listed.Reverse();
        }

        return Listing.Of(state, call, repository, listed, milestone => new MilestoneJson(call.BaseUrl, repository, milestone));

        string Text(string name, string fallback) => query[name].FirstOrDefault() is { Length: > 0 } text ? text : fallback;

        long Completeness(Milestone milestone) =>
            repository.CountIn(milestone.Title) is var (open, closed) && open + closed > 0 ? closed * 100L / (open + closed) : 0;
    }

    public Answer Get(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseIssues(call, repository)
        ?? (
            repository.Milestones.Find(call.Long("milestone")) is { } milestone
                ? GitHubSerializer.Answer(200, new MilestoneJson(call.BaseUrl, repository, milestone), call.Version)
                : GitHubErrors.NotFound(call.Documentation)
        );

    public Answer Create(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseSetup(call, repository)
        ?? RequestJson.Read(
            call,
            json =>
            {
                if (Invalid(json, out var dueOn) is { } invalid)
                {
                    return GitHubErrors.InvalidRequest(invalid, call.Documentation);
                }

                var title = JsonText.Of(json, "title")!;
                if (string.IsNullOrWhiteSpace(title))
                {
                    return Refuse(call, "missing_field", "title");
                }

                var now = state.Time.GetUtcNow();
                var created = repository.Milestones.Add(
                    title,
                    number => new Milestone
                    {
                        Number = number,
                        Title = title,
                        Description = JsonText.Of(json, "description"),
                        DueOn = dueOn,
                        Creator = call.Caller.Account.Login,
                        CreatedAt = now,
                        ClosedAt = JsonText.Of(json, "state") == "closed" ? now : null,
                        InsertedAt = now,
                    }
                );
                if (created is null)
                {
                    return Refuse(call, "already_exists", "title");
                }

                var milestone = new MilestoneJson(call.BaseUrl, repository, created);
                return GitHubSerializer.Answer(201, milestone, call.Version).With("Location", milestone.Url);
            }
        );

    static Answer Refuse(GitHubCall call, string code, string field) =>
        GitHubErrors.ValidationFailed(call.Documentation, new ErrorDetailJson("Milestone", code, field));

    static string? Invalid(JsonElement json, out DateTimeOffset? dueOn)
    {
        dueOn = null;
        if (
            (
                JsonText.Missing(json, "title")
                ?? JsonText.NotText(json, "title")
                ?? JsonText.NotText(json, "state")
                ?? JsonText.NotText(json, "description", orNull: true)
                ?? JsonText.NotText(json, "due_on", orNull: true)
            ) is
            { } invalid
        )
        {
            return invalid;
        }

        if (JsonText.Of(json, "state") is not (null or "open" or "closed"))
        {
            return JsonText.Mismatch("properties/state", json.GetProperty("state"), "a member of [\"open\", \"closed\"]");
        }

        if (JsonText.Of(json, "due_on") is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return JsonText.Mismatch("properties/due_on", json.GetProperty("due_on"), "a valid date-time");
        }

        dueOn = time.ToUniversalTime();
        return null;
    }
}
