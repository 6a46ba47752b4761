namespace Monarch.Workers.GitHub.Text;

/// <summary>A code fence at the margin, from its opening line to its closing one (or to the text's end).</summary>
sealed record Fence(int Start, int End, char Character, int Length, bool IsClosed);
