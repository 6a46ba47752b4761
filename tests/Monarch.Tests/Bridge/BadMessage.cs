using System.Text;

namespace Monarch.Tests.Bridge;

/// <summary>A message that is refused as a whole.</summary>
/// <param name="Name">Its fault.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="Faults">The faults of the refusal in order: each a part of one fault, without further ones.</param>
public sealed record BadMessage(string Name, byte[] Payload, params string[] Faults)
{
    public BadMessage(string name, string payload, params string[] faults)
        : this(name, Encoding.UTF8.GetBytes(payload), faults) { }

    public override string ToString() => Name;
}
