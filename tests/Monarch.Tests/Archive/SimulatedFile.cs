namespace Monarch.Tests.Archive;

/// <summary>A file of <see cref="SimulatedFiles"/>, whatever its names are.</summary>
sealed class SimulatedFile(byte[] content)
{
    byte[] _durable = [];

    /// <summary>What a process reads.</summary>
    public byte[] Content { get; set; } = content;

    /// <summary>Whether a process holds its lock.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Makes the content durable.</summary>
    public void Sync() => _durable = Content;

    /// <summary>The power is cut: of what was not durable, all, a part or nothing is left.</summary>
    public void Lose(Random random)
    {
        IsLocked = false;
        if (Content != _durable && random.Next(2) == 0)
        {
            Content = _durable.Length < Content.Length ? Content[..random.Next(_durable.Length, Content.Length)] : _durable;
        }
    }
}
