namespace Monarch.Workers.GitHub.Api;

/// <summary>A label of a repository.</summary>
/// <param name="Name">Its name, unique in its repository without regard to case.</param>
/// <param name="Color">Six hexadecimal digits; null when GitHub does not return it.</param>
/// <param name="Description">Null without a description.</param>
sealed record Label(string Name, string? Color = null, string? Description = null);

/// <summary>A milestone of a repository.</summary>
/// <param name="Title">Its title, unique in its repository.</param>
/// <param name="Number">Its number in its repository, by which issues name it.</param>
/// <param name="Description">Null without a description.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="DueOn">Null without a due date.</param>
sealed record Milestone(string Title, int Number = 0, string? Description = null, string? State = null, DateTimeOffset? DueOn = null);

/// <summary>A type of issues, which an organisation defines.</summary>
/// <param name="Name">Its name.</param>
sealed record IssueType(string Name);

/// <summary>An account of GitHub.</summary>
/// <param name="Login">Its name.</param>
/// <param name="HtmlUrl">The address of its web page; null when GitHub does not return it.</param>
/// <param name="AvatarUrl">The address of its picture; null when GitHub does not return it.</param>
sealed record Person(string Login, string? HtmlUrl = null, string? AvatarUrl = null);

/// <summary>The number of an issue's sub-issues.</summary>
/// <param name="Total">All of them, also those in other repositories.</param>
sealed record SubIssuesSummary(int Total = 0);

/// <summary>The number of an issue's dependencies.</summary>
/// <param name="BlockedBy">The open issues that block it.</param>
/// <param name="TotalBlockedBy">All issues that block it.</param>
sealed record IssueDependenciesSummary(int BlockedBy = 0, int TotalBlockedBy = 0);
