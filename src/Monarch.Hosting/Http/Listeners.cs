namespace Monarch.Hosting.Http;

/// <summary>The kinds of listeners. As endpoint metadata: the listeners that serve the endpoint; <see cref="Web"/> by default.</summary>
[Flags]
enum Listeners
{
    /// <summary>API and pages, guarded.</summary>
    Web = 1,

    /// <summary>Metrics and health, open.</summary>
    Metrics = 2,

    /// <summary>Usher's interface and the trackers' webhooks, guarded.</summary>
    Usher = 4,
}
