using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The statuses as messages spell them: <c>stage</c>, <c>test</c> and <c>beta</c>.</summary>
static class StatusNames
{
    static readonly Dictionary<string, IssueStatus> Statuses = Enum.GetValues<IssueStatus>().ToDictionary(Name, StringComparer.Ordinal);

    /// <summary>All names, as a list for messages.</summary>
    public static string All { get; } = string.Join(", ", Statuses.Keys);

    public static string Name(this IssueStatus status) =>
        status switch
        {
            IssueStatus.Stage => "stage",
            IssueStatus.Test => "test",
            _ => "beta",
        };

    public static bool TryParse(string text, out IssueStatus status) => Statuses.TryGetValue(text, out status);
}
