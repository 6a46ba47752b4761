namespace Monarch.Hosting.Http;

/// <summary>The host's two kinds of listener. As endpoint metadata: where an endpoint is shown; without it, on <see cref="Web"/> only.</summary>
[Flags]
enum Listeners
{
    /// <summary>API and pages, guarded.</summary>
    Web = 1,

    /// <summary>Metrics and health, open.</summary>
    Metrics = 2,
}
