namespace Monarch.Testing;

/// <summary>The signals that tests send, with Linux' numbers.</summary>
public enum UnixSignal
{
    /// <summary>Kills a process; it cannot be caught.</summary>
    Kill = 9,

    /// <summary>Requests a process to end.</summary>
    Terminate = 15,

    /// <summary>Continues a stopped process.</summary>
    Continue = 18,

    /// <summary>Suspends a process: it does not respond, and its connections stay open.</summary>
    Stop = 19,
}
