namespace Monarch.Workers.GitHub.Client;

/// <summary>A repository that GitHub has told us of: its id for ever, and its name (<c>owner/name</c>) at that time.</summary>
sealed record RepositoryReference(long Id, string FullName);
