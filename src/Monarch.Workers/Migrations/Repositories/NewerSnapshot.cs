namespace Monarch.Workers.Migrations.Repositories;

/// <summary>A later reading of the source, which a batch that joined a running pair has brought.</summary>
sealed class NewerSnapshot
{
    /// <summary>The snapshot's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>When its reading began (UTC).</summary>
    public DateTimeOffset ReadAt { get; set; }

    /// <summary>How many issues it holds.</summary>
    public int IssueCount { get; set; }
}
