namespace Monarch.Hosting.Http;

/// <summary>The caller of a request that passed the guard, as a feature of the request.</summary>
/// <param name="Name">The name of its key; null where no key is required.</param>
/// <param name="Role">What it may do.</param>
public sealed record Caller(string? Name, KeyRole Role)
{
    /// <summary>Whether it may change anything.</summary>
    public bool MayOperate => Role == KeyRole.Operate;
}

/// <summary>What a key permits.</summary>
public enum KeyRole
{
    /// <summary>Read everything, change nothing.</summary>
    View = 0,

    /// <summary>Everything.</summary>
    Operate = 1,
}
