namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>How the author of an issue or comment is associated with the repository.</summary>
static class AuthorAssociations
{
    public static string Of(string? login, Repository repository) =>
        string.Equals(login, repository.Owner, StringComparison.OrdinalIgnoreCase) ? "OWNER" : "NONE";
}
