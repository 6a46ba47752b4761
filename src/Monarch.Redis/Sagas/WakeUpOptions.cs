namespace Monarch.Redis.Sagas;

/// <summary>The messages and the timing of wake-ups.</summary>
public sealed class WakeUpOptions
{
    internal Dictionary<string, Func<WakeUp, WakeUpMessage>> Messages { get; } = [];

    /// <summary>The time after which a wake-up is sent again, unless the saga was saved meanwhile; 30 s by default.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The polling interval, in case an announcement is lost; 30 s by default.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of wake-ups that are claimed in one call; 100 by default.</summary>
    public int Batch { get; set; } = 100;

    /// <summary>
    /// Whether the bus is in this process' memory, so that messages in flight are lost when it ends. Then every saga with a wake-up is sent
    /// its message at start, with <see cref="WakeUp.IsRestart"/>, so that none waits for a lost message. False by default.
    /// </summary>
    public bool MessagesAreLostOnRestart { get; set; }

    /// <summary>Configures the message and the address for the wake-ups of one name.</summary>
    /// <param name="name">The name of the wake-ups in the saga's repository.</param>
    /// <param name="address">The address, such as <c>exchange:repository-migration</c>.</param>
    /// <param name="message">Creates the message.</param>
    public WakeUpOptions Send<TMessage>(string name, Uri address, Func<WakeUp, TMessage> message)
        where TMessage : class
    {
        Messages.Add(name, x => new(address, message(x)));
        return this;
    }
}

/// <summary>The message of a wake-up, and its address.</summary>
sealed record WakeUpMessage(Uri Address, object Message);
