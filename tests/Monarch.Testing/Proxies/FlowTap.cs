namespace Monarch.Testing.Proxies;

/// <summary>Records the bytes of one connection, before they are passed on.</summary>
/// <param name="flow">The direction.</param>
/// <param name="bytes">The bytes.</param>
public delegate void FlowTap(Flow flow, ReadOnlySpan<byte> bytes);
