namespace Monarch.Redis;

/// <summary>What is sent when a saga's time has come.</summary>
public sealed class WakeUpOptions
{
    internal Dictionary<string, Func<WakeUp, WakeUpMessage>> Messages { get; } = [];

    /// <summary>How long a wake-up rests after it was sent before it is sent again, unless the saga was saved meanwhile; 30 s by default.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to look when nothing is due and nothing was announced, in case an announcement is lost. 30 s by default.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many wake-ups are taken at once; 100 by default.</summary>
    public int Batch { get; set; } = 100;

    /// <summary>
    /// Whether the bus is this process' memory, so that whatever was under way is lost when it ends. At its start every saga that has
    /// a wake-up is sent its message then, with <see cref="WakeUp.IsRestart"/>, so that none waits for an answer that cannot come. False by default.
    /// </summary>
    public bool MessagesAreLostOnRestart { get; set; }

    /// <summary>Says what is sent to which address for the wake-ups of one name.</summary>
    /// <param name="name">The name given to the saga's repository.</param>
    /// <param name="address">Such as <c>exchange:repository-migration</c>.</param>
    /// <param name="message">Makes the message.</param>
    public WakeUpOptions Send<TMessage>(string name, Uri address, Func<WakeUp, TMessage> message)
        where TMessage : class
    {
        Messages.Add(name, x => new(address, message(x)));
        return this;
    }
}
