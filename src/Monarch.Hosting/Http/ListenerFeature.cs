namespace Monarch.Hosting.Http;

/// <summary>The listener that a connection came in by, put on the connection when it is accepted, so that neither a Host header nor a port chosen at run time matters.</summary>
sealed record ListenerFeature(Listeners Listener);
