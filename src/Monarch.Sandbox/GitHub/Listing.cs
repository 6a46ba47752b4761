using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>A listing with pages by number: every listing but that of issues.</summary>
static class Listing
{
    /// <summary>The requested page; empty at the configured rate.</summary>
    public static Answer Of<TItem, TJson>(
        GitHubState state,
        GitHubCall call,
        Repository repository,
        IReadOnlyList<TItem> all,
        Func<TItem, TJson> write
    )
    {
        if (state.Faults.EmptiesListing())
        {
            return GitHubSerializer.Answer(200, new List<TJson>(), call.Version);
        }

        var page = PageQuery.Read(call.Http.Query);
        return GitHubSerializer
            .Answer(200, page.Of(all).Select(write).ToList(), call.Version)
            .WithLink(LinkHeader.ByNumber(UrlOf(call, repository), call.Http.Query, page, all.Count));
    }

    // Links have the repository's id, whichever address was called.
    static string UrlOf(GitHubCall call, Repository repository)
    {
        var path = call.Http.Path.Value![GitHubApi.Prefix.Length..];
        var rest = path.Split('/', RepositoryStore.NameIn(call.Http.RouteValues) is null ? 3 : 4)[^1];
        return $"{call.BaseUrl}repositories/{repository.Id}/{rest}";
    }
}
