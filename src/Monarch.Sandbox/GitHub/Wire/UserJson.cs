namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's "simple user".</summary>
sealed record UserJson(string Login, long Id, string NodeId, string AvatarUrl, string Url, string HtmlUrl, string Type, bool SiteAdmin)
{
    const long Ghost = 10_137;

    public static UserJson Of(string baseUrl, string login, long? id = null)
    {
        var known = id ?? (login == "ghost" ? Ghost : Made(login));
        return new UserJson(
            login,
            known,
            NodeIds.Of("U", known),
            $"https://avatars.githubusercontent.com/u/{known}?v=4",
            $"{baseUrl}users/{login}",
            $"https://github.com/{login}",
            login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
            SiteAdmin: false);
    }

    /// <summary>The same login always has the same id.</summary>
    static long Made(string login)
    {
        var hash = 17L;
        foreach (var c in login)
            hash = (hash * 31 + char.ToLowerInvariant(c)) % 90_000_000;
        return 10_000_000 + hash;
    }
}
