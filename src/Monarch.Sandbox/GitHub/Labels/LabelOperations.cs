using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Labels;

/// <summary>The operations of the label endpoints.</summary>
/// <remarks>https://docs.github.com/rest/issues/labels</remarks>
sealed class LabelOperations(GitHubState state)
{
    public Answer List(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseIssues(call, repository) is { } refusal)
        {
            return refusal;
        }

        var until = state.ListedUntil();
        var labels = repository.Labels.All.Where(label => label.InsertedAt <= until).ToList();
        return Listing.Of(state, call, repository, labels, label => LabelJson.Of(RepositoryUrl(call, repository), label));
    }

    public Answer Get(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseIssues(call, repository)
        ?? (
            repository.Labels.Find(call.Text("label")) is { } label
                ? GitHubSerializer.Answer(200, LabelJson.Of(RepositoryUrl(call, repository), label), call.Version)
                : GitHubErrors.NotFound(call.Documentation)
        );

    public Answer Create(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseSetup(call, repository)
        ?? RequestJson.Read(
            call,
            json =>
            {
                if (LabelInput.Invalid(json) is { } invalid)
                {
                    return GitHubErrors.InvalidRequest(invalid, call.Documentation);
                }

                var label = new Label(
                    JsonText.Of(json, "name")!,
                    JsonText.Of(json, "color")?.ToLowerInvariant() ?? Label.Grey,
                    JsonText.Of(json, "description"),
                    state.Time.GetUtcNow()
                );
                ErrorDetailJson[] errors = [.. LabelInput.Validate(label)];
                if (errors.Length == 0 && !repository.Labels.Add(label))
                {
                    errors = [new("Label", "already_exists", "name")];
                }

                if (errors.Length > 0)
                {
                    return GitHubErrors.ValidationFailed(call.Documentation, errors);
                }

                var created = LabelJson.Of(RepositoryUrl(call, repository), label);
                return GitHubSerializer.Answer(201, created, call.Version).With("Location", created.Url);
            }
        );

    static string RepositoryUrl(GitHubCall call, Repository repository) => $"{call.BaseUrl}repos/{repository.FullName}";
}
