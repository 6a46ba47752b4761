namespace Monarch.Workers.GitHub.Text;

/// <summary>A code fence at the margin, from its opening line to its closing line or the end of the text.</summary>
sealed record Fence(int Start, int End, char Character, int Length, bool IsClosed);
