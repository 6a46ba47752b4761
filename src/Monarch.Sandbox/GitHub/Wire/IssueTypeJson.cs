using Monarch.Sandbox.GitHub.Organisations;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's issue type.</summary>
sealed record IssueTypeJson(
    long Id,
    string NodeId,
    string Name,
    string? Description,
    string? Color,
    string CreatedAt,
    string UpdatedAt,
    bool IsEnabled
)
{
    public static IssueTypeJson Of(IssueType type, DateTimeOffset createdAt) =>
        new(
            type.Id,
            NodeIds.Of("IT", type.Id),
            type.Name,
            type.Description,
            type.Color,
            Times.Of(createdAt),
            Times.Of(createdAt),
            type.IsEnabled
        );
}
