namespace Monarch.Testing;

/// <summary>Takes note of what one connection carries, before it is passed on.</summary>
/// <param name="flow">Which way: one of the two.</param>
/// <param name="bytes">What comes.</param>
public delegate void FlowTap(Flow flow, ReadOnlySpan<byte> bytes);
