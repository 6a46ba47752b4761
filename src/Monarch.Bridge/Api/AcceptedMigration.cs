namespace Monarch.Bridge.Api;

/// <summary>The answer to a request that was accepted.</summary>
/// <param name="Id">Identifies the migration.</param>
/// <param name="Status">The address of its state.</param>
sealed record AcceptedMigration(Guid Id, string Status);
