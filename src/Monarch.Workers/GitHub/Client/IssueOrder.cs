namespace Monarch.Workers.GitHub.Client;

/// <summary>In which order issues are listed, by the time of their creation.</summary>
enum IssueOrder
{
    OldestFirst,
    NewestFirst,
}
