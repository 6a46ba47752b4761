namespace Monarch.Workers.GitHub.Targets;

/// <summary>What a target held when it was listed.</summary>
/// <param name="Copies">The copies of the source, as source and target issue numbers.</param>
/// <param name="Numbers">The number of every issue and pull request in it.</param>
sealed record TargetListing(IReadOnlyDictionary<int, int> Copies, IReadOnlySet<int> Numbers);
