namespace Monarch.Contracts;

/// <summary>The tags of spans that identify the work (docs/traces.md).</summary>
public static class TraceTags
{
    /// <summary>The migration's id.</summary>
    public const string Migration = "monarch.migration.id";

    /// <summary>The target as <c>owner/name</c>.</summary>
    public const string Repository = "monarch.repository";

    /// <summary>The number of an issue in the source.</summary>
    public const string Issue = "monarch.issue.number";

    /// <summary>The server of a deployment, as its project and status.</summary>
    public const string Server = "monarch.server";
}
