using System.Text.Json;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Reads an answer that is not as GitHub documents it.</summary>
/// <param name="IsWhole">Whether one that could be read as documented lacks nothing that is needed.</param>
/// <param name="Read">Reads one that is not whole, or not as documented; null when it is something else altogether.</param>
sealed record LenientReader<T>(Func<T, bool> IsWhole, Func<JsonElement, T?> Read)
    where T : class;
