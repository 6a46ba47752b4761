using Microsoft.Extensions.Options;
using Monarch.Bridge.Deployments;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Trackers;

/// <summary>The statuses of Jira that have servers, by id and by name; names are translated and renamed, ids are not.</summary>
sealed class JiraStatuses
{
    readonly Dictionary<string, IssueStatus> _statuses = new(StringComparer.OrdinalIgnoreCase);

    public JiraStatuses(IOptions<TrackerOptions> options)
    {
        foreach (var status in Enum.GetValues<IssueStatus>())
        {
            _statuses[status.Name()] = status;
        }

        foreach (var (_, name, status) in options.Value.Entries())
        {
            if (status is { } known)
            {
                _statuses[name] = known;
            }
        }
    }

    /// <param name="id">The status' id in Jira; null when unknown.</param>
    /// <param name="name">Its name; null when unknown.</param>
    /// <returns>Null when it has no servers.</returns>
    public IssueStatus? Find(string? id, string? name) =>
        id is not null && _statuses.TryGetValue(id, out var byId) ? byId
        : name is not null && _statuses.TryGetValue(name.Trim(), out var byName) ? byName
        : null;
}
