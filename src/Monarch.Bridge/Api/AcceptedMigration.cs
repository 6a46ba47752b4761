namespace Monarch.Bridge.Api;

/// <summary>The answer to a request that was accepted.</summary>
/// <param name="Id">Identifies the batch.</param>
/// <param name="Status">Where its state is told.</param>
sealed record AcceptedMigration(Guid Id, string Status);
