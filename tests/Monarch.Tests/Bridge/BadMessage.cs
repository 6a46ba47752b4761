using System.Text;

namespace Monarch.Tests.Bridge;

/// <summary>A message that is refused as a whole.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="Faults">What the refusal says, in this order: each a part of one fault, and no fault besides.</param>
public sealed record BadMessage(string Name, byte[] Payload, params string[] Faults)
{
    public BadMessage(string name, string payload, params string[] faults)
        : this(name, Encoding.UTF8.GetBytes(payload), faults)
    {
    }

    public override string ToString() => Name;
}
