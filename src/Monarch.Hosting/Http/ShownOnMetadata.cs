namespace Monarch.Hosting.Http;

/// <summary>Says on which listeners an endpoint is shown.</summary>
sealed record ShownOnMetadata(Listeners Listeners);
