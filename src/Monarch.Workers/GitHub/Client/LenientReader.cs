using System.Text.Json;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Reads an answer that deviates from GitHub's documentation.</summary>
/// <param name="IsComplete">Whether a documented answer contains every required value.</param>
/// <param name="Read">Reads an incomplete or undocumented answer; null when it is of another kind.</param>
sealed record LenientReader<T>(Func<T, bool> IsComplete, Func<JsonElement, T?> Read)
    where T : class;
