using System.Globalization;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>The fields of a template. A missing value is empty text, which <c>{{#if}}</c> takes as false.</summary>
static class IssueTemplateFields
{
    /// <summary>The field that <c>{{#each}}</c> repeats.</summary>
    public const string Labels = "labels";

    /// <summary>The fields that the templates of the first Monarch could use, with the same values.</summary>
    public static readonly IReadOnlyList<string> Original = ["user_name", "user_url", "user_avatar", "date", "url", "body"];

    /// <summary>All fields, in the order in which they are documented.</summary>
    public static readonly IReadOnlyList<string> All = [.. Original, "title", "number", Labels, "milestone", "source", "target", "team"];

    public static Dictionary<string, object> Values(IssueTemplateData data) =>
        new(StringComparer.Ordinal)
        {
            ["user_name"] = data.UserName ?? "",
            ["user_url"] = data.UserUrl ?? "",
            ["user_avatar"] = data.UserAvatar ?? "",
            ["date"] = data.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
            ["url"] = data.Url,
            ["body"] = data.Body ?? "",
            ["title"] = data.Title,
            ["number"] = data.Number.ToString(CultureInfo.InvariantCulture),
            [Labels] = data.Labels,
            ["milestone"] = data.Milestone ?? "",
            ["source"] = data.Source,
            ["target"] = data.Target,
            ["team"] = data.Team,
        };
}
