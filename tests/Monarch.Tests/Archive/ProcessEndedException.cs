namespace Monarch.Tests.Archive;

/// <summary>Ends a simulated process.</summary>
public sealed class ProcessEndedException() : Exception("The process has ended.");
