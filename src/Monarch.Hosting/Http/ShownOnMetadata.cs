namespace Monarch.Hosting.Http;

/// <summary>The listeners that serve an endpoint.</summary>
sealed record ShownOnMetadata(Listeners Listeners);
