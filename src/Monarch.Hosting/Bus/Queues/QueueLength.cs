namespace Monarch.Hosting.Bus.Queues;

/// <summary>How many messages are in a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Ready">Messages that wait.</param>
/// <param name="Unacknowledged">Messages that are being handled; null when that is not known.</param>
/// <param name="Consumers">Its consumers.</param>
sealed record QueueLength(string Queue, long Ready, long? Unacknowledged, long Consumers);
