namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's "simple user".</summary>
class UserJson(string baseUrl, string login, long? id = null, bool isOrganisation = false)
{
    const long Ghost = 10_137;
    const string BotSuffix = "[bot]";

    public string Login { get; } = login;
    public long Id { get; } = id ?? (login == "ghost" ? Ghost : IdOf(login));
    public string NodeId =>
        NodeIds.Of(
            Type == "Bot" ? "BOT"
                : Type == "User" ? "U"
                : "O",
            Id
        );
    public string AvatarUrl => $"https://avatars.githubusercontent.com/{(Type == "Bot" ? "in" : "u")}/{Id}?v=4";
    public string GravatarId { get; } = "";
    public string Url { get; } = $"{baseUrl}users/{Uri.EscapeDataString(login)}";
    public string HtmlUrl => Type == "Bot" ? $"https://github.com/apps/{Login[..^BotSuffix.Length]}" : $"https://github.com/{Login}";
    public string FollowersUrl => Url + "/followers";
    public string FollowingUrl => Url + "/following{/other_user}";
    public string GistsUrl => Url + "/gists{/gist_id}";
    public string StarredUrl => Url + "/starred{/owner}{/repo}";
    public string SubscriptionsUrl => Url + "/subscriptions";
    public string OrganizationsUrl => Url + "/orgs";
    public string ReposUrl => Url + "/repos";
    public string EventsUrl => Url + "/events{/privacy}";
    public string ReceivedEventsUrl => Url + "/received_events";
    public string Type { get; } =
        isOrganisation ? "Organization"
        : login.EndsWith(BotSuffix, StringComparison.Ordinal) ? "Bot"
        : "User";
    public string UserViewType { get; } = "public";
    public bool SiteAdmin { get; }

    /// <summary>The same login always has the same id.</summary>
    static long IdOf(string login)
    {
        var hash = 17L;
        foreach (var c in login)
        {
            hash = (hash * 31 + char.ToLowerInvariant(c)) % 90_000_000;
        }

        return 10_000_000 + hash;
    }
}

/// <summary>The additional properties of a user's profile, all empty in the sandbox.</summary>
sealed class ProfileJson(string baseUrl, string login, long id, DateTimeOffset createdAt) : UserJson(baseUrl, login, id)
{
    public string? Name { get; }
    public string? Company { get; }
    public string? Blog { get; } = "";
    public string? Location { get; }
    public string? Email { get; }
    public bool? Hireable { get; }
    public string? Bio { get; }
    public int PublicRepos { get; }
    public int PublicGists { get; }
    public int Followers { get; }
    public int Following { get; }
    public string CreatedAt { get; } = Times.Of(createdAt);
    public string UpdatedAt => CreatedAt;
}
