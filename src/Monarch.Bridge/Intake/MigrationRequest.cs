using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Intake;

/// <summary>A valid request: names as <c>owner/name</c>, each target once.</summary>
/// <param name="Source">The template repository.</param>
/// <param name="Targets">The team repositories.</param>
/// <param name="NotificationChannel">The Slack channel; null for none.</param>
/// <param name="Recreate">Whether copies that were deleted in a target are created again.</param>
sealed record MigrationRequest(string Source, IReadOnlyList<string> Targets, string? NotificationChannel, bool Recreate = false)
{
    /// <summary>
    /// The span that the request belongs to, as a <c>traceparent</c>; null for none. It does not distinguish requests.
    /// </summary>
    public string? TraceParent { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>Equal for two equivalent requests, in any spelling.</summary>
    public string Digest()
    {
        string[] parts =
        [
            Source.ToUpperInvariant(),
            NotificationChannel ?? "",
            .. Targets.Select(t => t.ToUpperInvariant()).Order(StringComparer.Ordinal),
            .. Recreate ? ["recreate"] : Array.Empty<string>(),
            .. Copy is null ? Array.Empty<string>() : [Spelling(Copy)],
        ];
        var text = string.Join('\n', parts);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    /// <summary>The request as the Learning Platform would publish it.</summary>
    public string ToJson() => JsonSerializer.Serialize(ForeignRequest.Of(this), RequestJson.Default.ForeignRequest);

    /// <summary>The same for equal options: labels, milestones and logins ignore case, and their order does not matter.</summary>
    static string Spelling(CopyOptions copy)
    {
        var issues = copy.Issues is { } selection
            ? selection with
            {
                Labels = selection.Labels?.Select(Upper).Order(StringComparer.Ordinal).ToList(),
                Milestone = selection.Milestone is { } title ? Upper(title) : null,
            }
            : null;
        var assignees = copy
            .AssigneeMap?.OrderBy(entry => Upper(entry.Key), StringComparer.Ordinal)
            .ToDictionary(entry => Upper(entry.Key), entry => Upper(entry.Value));
        return new MigrationRequest("", [], null) { Copy = copy with { Issues = issues, AssigneeMap = assignees } }.ToJson();
    }

    static string Upper(string text) => text.ToUpperInvariant();
}
