using Monarch.Testing;

namespace Monarch.Benchmarks.Contenders;

/// <summary>What Monarch is told of a GitHub without limits, as an Enterprise Server is: where its own speed is measured, none may bind.</summary>
static class Unlimited
{
    /// <summary>As many requests at once as there are targets, as the bare loop has.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>(WithoutLimits.Settings) { ["GITHUB_CONCURRENCY"] = "0" };
}
