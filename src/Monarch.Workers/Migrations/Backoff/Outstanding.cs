namespace Monarch.Workers.Migrations.Backoff;

/// <summary>
/// The one command whose answer a saga awaits. Part of the state, so that a redelivered event sends the same command again.
/// </summary>
sealed class Outstanding
{
    /// <summary>Identifies the command; its answer repeats it.</summary>
    public Guid CommandId { get; set; }

    /// <summary>The MessageId of the event that caused it; null when the event had none.</summary>
    public Guid? CausedBy { get; set; }

    /// <summary>How often it was sent again because no answer arrived.</summary>
    public int Resent { get; set; }
}
