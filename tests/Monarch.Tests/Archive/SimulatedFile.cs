namespace Monarch.Tests.Archive;

/// <summary>A file of <see cref="SimulatedFiles"/>, with any number of links.</summary>
sealed class SimulatedFile(byte[] content)
{
    byte[] _durable = [];

    /// <summary>The content that a process reads.</summary>
    public byte[] Content { get; set; } = content;

    /// <summary>Whether a process holds its lock.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Makes the content durable.</summary>
    public void Sync() => _durable = Content;

    /// <summary>Simulates a power failure: of content that was not durable, all, a part or nothing remains.</summary>
    public void Lose(Random random)
    {
        IsLocked = false;
        if (Content != _durable && random.Next(2) == 0)
        {
            Content = _durable.Length < Content.Length ? Content[..random.Next(_durable.Length, Content.Length)] : _durable;
        }
    }
}
