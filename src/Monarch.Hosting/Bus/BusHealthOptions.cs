namespace Monarch.Hosting.Bus;

/// <summary>When a lost connection counts. No setting: only tests are in a hurry.</summary>
sealed class BusHealthOptions
{
    /// <summary>How long the bus may be without its connection before the process is not ready.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an endpoint may be without a broker that can be reached before it is started again.</summary>
    public TimeSpan Restart { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long it may take until all who use a connection have heard of its end, before the process is given up. It takes a second or two.</summary>
    public TimeSpan LongestEnd { get; set; } = TimeSpan.FromSeconds(10);
}
