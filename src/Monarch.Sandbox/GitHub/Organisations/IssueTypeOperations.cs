using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Organisations;

/// <summary>The listings of issue types, which have no pages.</summary>
/// <remarks>https://docs.github.com/rest/orgs/issue-types</remarks>
sealed class IssueTypeOperations(GitHubState state)
{
    /// <summary>Those of an organisation, also the disabled ones.</summary>
    public Answer List(GitHubCall call) => Of(call, state.Repositories.Organisations.TypesOf(call["owner"]));

    /// <summary>Those that the issues of a repository can have.</summary>
    public Answer ListForRepository(GitHubCall call, Repository repository) =>
        Of(call, state.Repositories.Organisations.TypesOf(repository.Owner)?.Where(type => type.IsEnabled));

    Answer Of(GitHubCall call, IEnumerable<IssueType>? types) =>
        types is null || call.Caller.Account.IsAnonymous
            ? GitHubErrors.NotFound(call.Documentation)
            : GitHubSerializer.Answer(200, types.Select(type => IssueTypeJson.Of(type, state.StartedAt)).ToList(), call.Version);
}
