namespace Monarch.Tests.Archive;

/// <summary>A process of a simulation ends here.</summary>
public sealed class ProcessEndedException() : Exception("The process has ended.");
