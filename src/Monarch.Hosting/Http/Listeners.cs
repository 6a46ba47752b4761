namespace Monarch.Hosting.Http;

/// <summary>The host's kinds of listener. As endpoint metadata: where an endpoint is shown; without it, on <see cref="Web"/> only.</summary>
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
