namespace Monarch.Workers.Migrations.Backoff;

/// <summary>The one command that a saga waits for. Kept in the saga, so that the same event seen again sends the same command again.</summary>
sealed class Outstanding
{
    /// <summary>Identifies the command; its answer repeats it.</summary>
    public Guid CommandId { get; set; }

    /// <summary>The MessageId of the event that caused it; null for one that came without.</summary>
    public Guid? CausedBy { get; set; }

    /// <summary>How often it was sent again since nothing came back.</summary>
    public int Resent { get; set; }
}
