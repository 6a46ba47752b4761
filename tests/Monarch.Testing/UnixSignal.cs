namespace Monarch.Testing;

/// <summary>The signals that tests send, with Linux' numbers.</summary>
public enum UnixSignal
{
    /// <summary>Ends a process at once; it cannot be caught.</summary>
    Kill = 9,

    /// <summary>Asks a process to end.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Stops a process where it is: it answers nothing, and its connections stay open.</summary>
    Stop = 19,
}
