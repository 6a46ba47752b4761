namespace Monarch.Hosting.Http;

/// <summary>The listener that accepted a connection, so that neither a Host header nor a dynamic port matters.</summary>
sealed record ListenerFeature(Listeners Listener);
